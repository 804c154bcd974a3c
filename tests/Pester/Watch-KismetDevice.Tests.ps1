BeforeAll { . $PSScriptRoot/Common.ps1 }

Describe 'Watch-KismetDevice' {
    BeforeEach { $listener = Start-TzspListener -Port 0 -Name watched }
    AfterEach { Stop-TestSession }

    It 'gives the devices known already with -Existing' {
        Send-TestFrame $listener.Port @((New-TestBeacon), (New-TestData))
        $null = Wait-TestUntil { @(Get-KismetDevice).Count -eq 2 }
        $changes = @(Watch-KismetDevice -Existing -Count 2)
        $changes | Should -BeOfType KismetPS.Tracking.KismetDeviceChange
        $changes.Change | Should -Be Added, Added
        $changes.Sequence | Should -Be 1, 2
        $changes.MacAddress | Sort-Object | Should -Be '00:0C:42:00:00:01', '3C:5A:B4:00:00:02'
    }

    It 'gives changes only, without it' {
        Send-TestFrame $listener.Port @(, (New-TestBeacon))
        $null = Wait-TestUntil { @(Get-KismetDevice).Count -eq 1 }
        Watch-KismetDevice -Duration 300ms | Should -BeNullOrEmpty
    }

    It 'streams additions, updates and expiry of what passes the filter' {
        # A time in which the load, or who looks for the expiry, may be kept waiting where this machine is busy.
        $quick = Start-TzspListener -Port 0 -DeviceTimeout 4s
        $load = Start-TestLoad -Port $quick.Port -Message @((ConvertTo-TestTzsp (New-TestBeacon)), (ConvertTo-TestTzsp (New-TestProbe)))
        try {
            $changes = @(Watch-KismetDevice -Session $quick -Type AccessPoint -UpdateInterval 100ms -Count 3 -Duration 60)
            $changes.Change | Select-Object -Last 1 | Should -Be Updated
            $changes.Device.Type | Select-Object -Unique | Should -Be AccessPoint
        }
        finally { Stop-TestLoad $load }
        $gone = Watch-KismetDevice -Session $quick -Change Expired -Type AccessPoint -Count 1 -Duration 60 -UpdateInterval 50ms
        $gone.Change | Should -Be Expired
        $gone.MacAddress | Should -Be '00:0C:42:00:00:01'
    }

    It 'writes devices with -Device' {
        Send-TestFrame $listener.Port @(, (New-TestBeacon))
        $null = Wait-TestUntil { @(Get-KismetDevice).Count -eq 1 }
        Watch-KismetDevice -Device -Existing -Count 1 | Should -BeOfType KismetPS.Tracking.KismetDevice
    }

    It 'takes sessions from the pipeline and leaves them running' {
        Send-TestFrame $listener.Port @(, (New-TestBeacon))
        $null = Wait-TestUntil { @(Get-KismetDevice).Count -eq 1 }
        $listener | Watch-KismetDevice -Existing | Select-Object -First 1 | Should -Not -BeNullOrEmpty
        $listener.State | Should -Be Running
    }

    It 'ends when the sessions end' {
        $job = Start-TzspListener -Port 0 -Duration 3s -AsJob
        try {
            Stop-TzspListener $listener
            $clock = [Diagnostics.Stopwatch]::StartNew()
            Watch-KismetDevice | Should -BeNullOrEmpty
            $clock.Elapsed.TotalSeconds | Should -BeLessThan 60
        }
        finally { Remove-Job $job -Force }
    }

    It 'ends after the idle time' {
        $clock = [Diagnostics.Stopwatch]::StartNew()
        Watch-KismetDevice -IdleTimeout 300ms | Should -BeNullOrEmpty
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 60
    }

    It 'says that there is nothing to watch' {
        Stop-TzspListener $listener
        { Watch-KismetDevice } | Should -Throw -ErrorId 'SessionNotFound,KismetPS.PowerShell.Commands.WatchKismetDeviceCommand'
    }

    It 'says once that a session is not there' {
        Watch-KismetDevice -Session nobody -ErrorVariable missing -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $missing.FullyQualifiedErrorId | Should -Be 'SessionNotFound,KismetPS.PowerShell.Commands.WatchKismetDeviceCommand'
    }

    It 'stops within 500 ms under load' {
        $port = Get-TestPort
        $load = Start-TestLoad -Port $port -Message @(, (ConvertTo-TestTzsp (New-TestBeacon)))
        try { Measure-TestStop "Start-TzspListener -Port $port | Watch-KismetDevice -UpdateInterval 10ms" { Test-TestPort $port } | Should -BeLessThan 500 }
        finally { Stop-TestLoad $load }
    }
}
