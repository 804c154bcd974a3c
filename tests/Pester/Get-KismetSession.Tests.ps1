BeforeAll { . $PSScriptRoot/Common.ps1 }

Describe 'Get-KismetSession' {
    AfterEach { Stop-TestSession }

    It 'gives nothing where nothing runs' { Get-KismetSession | Should -BeNullOrEmpty }

    It 'lists sessions by name, number and kind, ended ones too' {
        $a = Start-TzspListener -Port 0 -Name alpha
        $b = Start-TzspListener -Port 0 -Name beta
        Stop-TzspListener $b
        (Get-KismetSession).Name | Should -Be alpha, beta
        (Get-KismetSession alp*).Id | Should -Be $a.Id
        (Get-KismetSession -Id $b.Id).State | Should -Be Stopped
        @(Get-KismetSession -Kind TzspListener).Count | Should -Be 2
        Get-KismetSession -Kind Import | Should -BeNullOrEmpty
    }

    It 'reports a name or number that is not there, but no pattern' {
        { Get-KismetSession -Name nobody -ErrorAction Stop } | Should -Throw -ErrorId 'SessionNotFound,*'
        { Get-KismetSession -Id 99999 -ErrorAction Stop } | Should -Throw -ErrorId 'SessionNotFound,*'
        { Get-KismetSession -Name nobody* -ErrorAction Stop } | Should -Not -Throw
    }

    It 'finds the session of a device by its number' {
        $listener = Start-TzspListener -Port 0
        Send-TestFrame $listener.Port @(, (New-TestBeacon))
        Wait-TestUntil { @(Get-KismetDevice).Count -eq 1 } | Should -BeTrue
        (Get-KismetDevice | Get-KismetSession).Id | Should -Be $listener.Id
    }

    It 'shows a session whose capture file has failed' -Skip:(-not (Test-Path /dev/full)) {
        $listener = Start-TzspListener -Port 0 -Name full -CapturePath /dev/full
        Send-TestFrame $listener.Port @(, (New-TestBeacon))
        Wait-TestUntil { $listener.CaptureError } | Should -BeTrue
        $listener.State | Should -Be Running
        Get-KismetSession | Out-String -Width 120 | Should -Match "full +TzspListener Running .*'/dev/full'"
        Stop-TzspListener $listener -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -BeLike 'FileNotWritable,*'
    }

    It 'completes names and numbers' {
        $listener = Start-TzspListener -Port 0 -Name 'my lab'
        (Get-TestCompletion 'Get-KismetSession -Name my').CompletionText | Should -Be "'my lab'"
        (Get-TestCompletion 'Get-KismetSession -Id ').CompletionText | Should -Contain "$($listener.Id)"
        (Get-TestCompletion 'Get-KismetSession -Kind Tz').CompletionText | Should -Be TzspListener
    }
}
