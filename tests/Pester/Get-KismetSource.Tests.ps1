BeforeAll {
    . $PSScriptRoot/Common.ps1

    $listener = Start-TzspListener -Port 0
    $server = $listener | Start-KismetServer -Port 0
    Send-TestFrame $listener.Port @(, (New-TestBeacon))
    $null = Wait-TestUntil { (Get-KismetStatistic -Session $listener).Decoded -eq 1 }
    $null = Connect-KismetServer 127.0.0.1 -Port $server.Port -Name mirror
    # Until a sensor is heard the listener itself is the server's source.
    $null = Wait-TestUntil { ($known = @(Get-KismetSource -Session mirror)).Count -eq 1 -and $known[0].Packets -eq 1 }
    $sources = @(Get-KismetSource -Session mirror)
}

AfterAll { Stop-TestSession }

Describe 'Get-KismetSource' {
    It 'lists the sensors of a server as its sources' {
        @($sources).Count | Should -BeGreaterOrEqual 1
        $sources[0].Uuid | Should -Match '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$'
    }

    It 'completes names and UUIDs of sources' {
        (Get-TestCompletion 'Get-KismetSource ').ListItemText | Should -Contain $sources[0].Uuid
        (Get-TestCompletion "Get-KismetSource $($sources[0].Uuid.Substring(0, 4))").ListItemText | Should -Contain $sources[0].Uuid
        (Get-TestCompletion 'Get-KismetSource no-such').ListItemText | Should -Not -Contain $sources[0].Uuid
    }

    It 'takes the session from the pipeline, and names with wildcards' {
        @(Get-KismetSession mirror | Get-KismetSource).Count | Should -Be @($sources).Count
        Get-KismetSource no-such-* | Should -BeNullOrEmpty
    }
}
