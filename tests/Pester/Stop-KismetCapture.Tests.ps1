BeforeAll { . $PSScriptRoot/Common.ps1 }

Describe 'Stop-KismetCapture' {
    AfterEach { Stop-TestSession }

    It 'stops captures from interfaces only' {
        $listener = Start-TzspListener -Port 0
        { Stop-KismetCapture -Id $listener.Id -ErrorAction Stop } | Should -Throw -ErrorId 'SessionNotFound,*'
        { Stop-KismetCapture $listener } | Should -Throw -ErrorId 'CannotConvertArgument*'
        Stop-KismetCapture -Name *
        $listener.State | Should -Be Running
    }
}
