BeforeAll {
    . $PSScriptRoot/Common.ps1
    $listener = Start-TzspListener -Port 0 -Name alerts
    Send-TestFrame $listener.Port @((New-TestBeacon -Ssid ('x' * 33)), (New-TestBeacon -Bssid 00:0C:42:00:00:05))
    $null = Wait-TestUntil { @(Get-KismetAlert).Count -gt 0 }
}

AfterAll { Stop-TestSession }

Describe 'Get-KismetAlert' {
    It 'gives alerts with what they concern' {
        $alert = Get-KismetAlert | Select-Object -First 1
        $alert | Should -BeOfType KismetPS.Tracking.KismetAlert
        $alert.Type | Should -Be LongSsid
        $alert.Bssid | Should -Be '00:0C:42:00:00:01'
        $alert.Text | Should -Not -BeNullOrEmpty
        $alert.SessionId | Should -Be $listener.Id
    }

    It 'filters by kind, time and session' {
        Get-KismetAlert LongSsid | Should -Not -BeNullOrEmpty
        Get-KismetAlert -Type DeauthenticationFlood | Should -BeNullOrEmpty
        Get-KismetAlert -Since (Get-Date).AddHours(1) | Should -BeNullOrEmpty
        $listener | Get-KismetAlert -Since (Get-Date).AddHours(-1) | Should -Not -BeNullOrEmpty
        { Get-KismetAlert -Session nobody -ErrorAction Stop } | Should -Throw -ErrorId 'SessionNotFound,*'
    }

    It 'leads to the device' { (Get-KismetAlert LongSsid | Select-Object -First 1 | Get-KismetDevice).MacAddress | Should -Be '00:0C:42:00:00:01' }
}
