BeforeAll { . $PSScriptRoot/Common.ps1 }

Describe 'Wait-KismetSession' {
    AfterEach { Stop-TestSession }

    It 'gives sessions that have ended at once' {
        $listener = Start-TzspListener -Port 0
        Stop-TzspListener $listener
        (Wait-KismetSession $listener).Id | Should -Be $listener.Id
        ($listener | Wait-KismetSession).Id | Should -Be $listener.Id
        (Wait-KismetSession -Kind TzspListener).Id | Should -Be $listener.Id
    }

    It 'waits until the session ends' {
        # The clock first: the session may have run for a while before it is waited for.
        $clock = [Diagnostics.Stopwatch]::StartNew()
        $job = Start-TzspListener -Port 0 -Duration 700ms -AsJob -Name short
        try {
            (Wait-KismetSession -Name short -Timeout 60).Name | Should -Be short
            $clock.Elapsed.TotalSeconds | Should -BeGreaterThan 0.6
        }
        finally { Remove-Job $job -Force }
    }

    It 'reports a timeout and gives those that have ended' {
        $ended = Start-TzspListener -Port 0
        Stop-TzspListener $ended
        $running = Start-TzspListener -Port 0
        $clock = [Diagnostics.Stopwatch]::StartNew()
        $given = Wait-KismetSession $ended, $running -Timeout 0.3 -ErrorAction SilentlyContinue -ErrorVariable failed
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 30
        $given.Id | Should -Be $ended.Id
        $failed.FullyQualifiedErrorId | Should -Be 'Timeout,KismetPS.PowerShell.Commands.WaitKismetSessionCommand'
        $failed.CategoryInfo.Category | Should -Be OperationTimeout
        $failed.TargetObject.Id | Should -Be $running.Id
    }

    It 'gives way to Ctrl+C' {
        $port = Get-TestPort
        Measure-TestStop "Start-TzspListener -Port $port | Wait-KismetSession" { Test-TestPort $port } | Should -BeLessThan 500
    }
}
