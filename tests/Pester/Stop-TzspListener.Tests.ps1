BeforeAll { . $PSScriptRoot/Common.ps1 }

Describe 'Stop-TzspListener' {
    AfterEach { Stop-TestSession }

    It 'stops by object, number, name and pipeline, silently, and releases the port' {
        $listeners = 1..4 | ForEach-Object { Start-TzspListener -Port 0 -Name "l$_" }
        $ports = $listeners.Port
        $(
            Stop-TzspListener $listeners[0]
            Stop-TzspListener -Id $listeners[1].Id
            Stop-TzspListener -Name L3
            $listeners[3] | Stop-TzspListener
        ) | Should -BeNullOrEmpty
        $listeners.State | Should -Be Stopped, Stopped, Stopped, Stopped
        $listeners.StopReason | Select-Object -Unique | Should -Be Requested
        foreach ($port in $ports) { Test-TestPort $port | Should -BeFalse }
    }

    It 'takes a number or a name where it stands first, and offers the names' {
        $listener = Start-TzspListener -Port 0
        Stop-TzspListener $listener.Id
        $listener.State | Should -Be Stopped
        $named = Start-TzspListener -Port 0 -Name 'my lab'
        (Get-TestCompletion 'Stop-TzspListener my').CompletionText | Should -Be "'my lab'"
        (Get-TestCompletion 'Stop-TzspListener ').CompletionText | Should -Contain "'my lab'"
        Stop-TzspListener 'my l*'
        $named.State | Should -Be Stopped
    }

    It 'leaves the tables readable' {
        $listener = Start-TzspListener -Port 0
        Send-TestFrame $listener.Port @(, (New-TestBeacon))
        Wait-TestUntil { @(Get-KismetDevice).Count -eq 1 } | Should -BeTrue
        Stop-TzspListener $listener
        (Get-KismetDevice -Session $listener).Ssid | Should -Be lab
        (Get-KismetDevice).Ssid | Should -Be lab
    }

    It 'returns the session with -PassThru, and may be called again' {
        $listener = Start-TzspListener -Port 0
        (Stop-TzspListener $listener -PassThru).State | Should -Be Stopped
        { Stop-TzspListener $listener -ErrorAction Stop } | Should -Not -Throw
    }

    It 'does nothing under -WhatIf' {
        $listener = Start-TzspListener -Port 0
        Stop-TzspListener $listener -WhatIf
        $listener.State | Should -Be Running
    }

    It 'reports what is not there and stops the others' {
        $listener = Start-TzspListener -Port 0
        Stop-TzspListener -Id 99999, $listener.Id -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed.FullyQualifiedErrorId | Should -Be 'SessionNotFound,KismetPS.PowerShell.Commands.StopTzspListenerCommand'
        $failed.CategoryInfo.Category | Should -Be ObjectNotFound
        $failed.TargetObject | Should -Be 99999
        $listener.State | Should -Be Stopped
        { Stop-TzspListener -Name 'none*' -ErrorAction Stop } | Should -Not -Throw
    }

    It 'stops within 500 ms under load' {
        $best = [double]::MaxValue
        for ($try = 0; $try -lt 5 -and $best -ge 500; $try++) {
            $listener = Start-TzspListener -Port 0
            $load = Start-TestLoad -Port $listener.Port -Message @(, (ConvertTo-TestTzsp (New-TestBeacon)))
            try {
                Wait-TestUntil { $listener.Statistics.Received -gt 1000 } | Should -BeTrue
                $best = [Math]::Min($best, (Measure-Command { Stop-TzspListener $listener }).TotalMilliseconds)
                Test-TestPort $listener.Port | Should -BeFalse
            }
            finally { Stop-TestLoad $load }
        }
        $best | Should -BeLessThan 500
    }
}
