BeforeAll { . $PSScriptRoot/Common.ps1 }

Describe 'Stop-KismetCapture' {
    AfterEach { Stop-TestSession }

    It 'stops captures from interfaces only' {
        $listener = Start-TzspListener -Port 0
        foreach ($stop in { Stop-KismetCapture -Id $listener.Id -ErrorAction Stop }, { Stop-KismetCapture $listener -ErrorAction Stop },
            { $listener | Stop-KismetCapture -ErrorAction Stop }, { Stop-KismetCapture $listener.Name -ErrorAction Stop }) {
            $stop | Should -Throw -ErrorId 'SessionNotFound,*' -ExpectedMessage "'$($listener.Name)' is of the kind TzspListener, *Stop-KismetSession*"
        }
        Stop-KismetCapture -Name *
        $listener.State | Should -Be Running
    }
}
