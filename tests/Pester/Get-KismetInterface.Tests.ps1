BeforeAll {
    . $PSScriptRoot/Common.ps1
    $failure = $null
    try { $interfaces = Get-KismetInterface } catch { $failure = $_ }
}

Describe 'Get-KismetInterface' {
    It 'lists interfaces, or says which library is missing' {
        if ($failure) {
            $failure.FullyQualifiedErrorId | Should -Be 'PcapLibraryMissing,KismetPS.PowerShell.Commands.GetKismetInterfaceCommand'
            $failure.CategoryInfo.Category | Should -Be NotInstalled
            $failure.ErrorDetails.RecommendedAction | Should -Match 'libpcap|Npcap'
        }
        else {
            $interfaces | Should -BeOfType KismetPS.Capture.Live.KismetInterface
            $interfaces.Name | Should -Not -BeNullOrEmpty
            if ($IsLinux) { ($interfaces | Where-Object Name -eq lo).IsLoopback | Should -BeTrue }
        }
    }

    It 'finds by name and pattern, and reports a name that is not there' {
        if ($failure) { Set-ItResult -Skipped -Because 'libpcap is not installed'; return }
        $first = $interfaces[0].Name
        (Get-KismetInterface $first).Name | Should -Be $first
        ($first | Get-KismetInterface).Name | Should -Be $first
        Get-KismetInterface 'no-such*' | Should -BeNullOrEmpty
        { Get-KismetInterface no-such-interface -ErrorAction Stop } | Should -Throw -ErrorId 'InterfaceNotFound,*'
        (Get-TestCompletion 'Get-KismetInterface -Name ').CompletionText | Should -Contain $first
    }
}
