BeforeAll { . $PSScriptRoot/Common.ps1 }

Describe 'Stop-KismetSession' {
    AfterEach { Stop-TestSession }

    It 'stops all sessions of a kind' {
        $listeners = 1..2 | ForEach-Object { Start-TzspListener -Port 0 }
        Stop-KismetSession -Kind TzspListener
        $listeners.State | Should -Be Stopped, Stopped
    }

    It 'takes sessions from the pipeline and forgets them with -Remove' {
        $null = Start-TzspListener -Port 0
        $null = Start-TzspListener -Port 0
        Get-KismetSession | Stop-KismetSession -Remove | Should -BeNullOrEmpty
        Get-KismetSession | Should -BeNullOrEmpty
    }

    It 'does nothing under -WhatIf' {
        $listener = Start-TzspListener -Port 0
        Stop-KismetSession -Name * -Remove -WhatIf
        $listener.State | Should -Be Running
        Get-KismetSession | Should -Not -BeNullOrEmpty
    }

    It 'reports what is not there' { { Stop-KismetSession -Name nobody -ErrorAction Stop } | Should -Throw -ErrorId 'SessionNotFound,*' }
}
