BeforeAll {
    . $PSScriptRoot/Common.ps1
    $listener = Start-TzspListener -Port 0 -Name networks
    Send-TestFrame $listener.Port @((New-TestBeacon), (New-TestBeacon -Bssid 00:0C:42:00:00:02 -Ssid guest -Channel 11 -Wpa2), (New-TestBeacon -Bssid 00:0C:42:00:00:03 -Ssid ''), (New-TestData))
    $null = Wait-TestUntil { (Get-KismetStatistic).Decoded -eq 4 }
}

AfterAll { Stop-TestSession }

Describe 'Get-KismetNetwork' {
    It 'gives one network per BSSID and name, hidden ones too' {
        $networks = Get-KismetNetwork
        $networks | Should -BeOfType KismetPS.Tracking.KismetNetwork
        $networks.Bssid | Sort-Object | Should -Be '00:0C:42:00:00:01', '00:0C:42:00:00:02', '00:0C:42:00:00:03'
        $lab = $networks | Where-Object Ssid -eq lab
        $lab.Channel | Should -Be 6
        $lab.Encryption | Should -Be Open
        $lab.Beacons | Should -Be 1
        $lab.Packets | Should -Be 2
        "$($lab.Clients)" | Should -Be '3C:5A:B4:00:00:02'
        ($networks | Where-Object Bssid -eq 00:0C:42:00:00:03).Hidden | Should -BeTrue
        "$(($networks | Where-Object Ssid -eq guest).Security)" | Should -Be 'WPA2-PSK CCMP'
    }

    It 'filters by <name>' -TestCases @(
        @{ name = 'BSSID'; with = @{ Bssid = '000c42000002' }; expected = 'guest' }
        @{ name = 'its alias'; with = @{ MacAddress = '00:0C:42:00:00:02' }; expected = 'guest' }
        @{ name = 'name'; with = @{ Ssid = 'GU*' }; expected = 'guest' }
        @{ name = 'channel'; with = @{ Channel = 6; Ssid = '*' }; expected = 'lab' }
        @{ name = 'encryption'; with = @{ Encryption = 'Wpa2' }; expected = 'guest' }
        @{ name = 'session'; with = @{ Session = 'net*'; Encryption = 'Wpa2' }; expected = 'guest' }
    ) { (Get-KismetNetwork @with | Where-Object Ssid).Ssid | Should -Be $expected }

    It 'is found from a client, an access point, a network and an address' {
        (Get-KismetDevice -Type Client | Get-KismetNetwork -ErrorAction Stop).Ssid | Should -Be lab
        (Get-KismetDevice 00:0C:42:00:00:02 | Get-KismetNetwork -ErrorAction Stop).Ssid | Should -Be guest
        (Get-KismetNetwork -Ssid guest | Get-KismetNetwork).Ssid | Should -Be guest
        ([pscustomobject]@{ MacAddress = '000c42000002' } | Get-KismetNetwork).Ssid | Should -Be guest
        (Resolve-KismetVendor 00:0C:42:00:00:02 | Get-KismetNetwork).Ssid | Should -Be guest
    }

    It 'gives nothing for a device without a network, and says so where it was named' {
        Send-TestFrame $listener.Port @(, (New-TestProbe -Client 3C:5A:B4:00:00:09))
        Wait-TestUntil { Get-KismetDevice -MacAddress 3C:5A:B4:00:00:09 -ErrorAction Ignore } | Should -BeTrue
        $lonely = Get-KismetDevice 3C:5A:B4:00:00:09
        $lonely.Bssid | Should -BeNullOrEmpty
        $lonely | Get-KismetNetwork -ErrorAction Stop | Should -BeNullOrEmpty
        @($lonely, (Get-KismetDevice 00:0C:42:00:00:02) | Get-KismetNetwork -ErrorAction Stop).Ssid | Should -Be guest
        { Get-KismetNetwork -Bssid $null } | Should -Throw -ErrorId 'ArgumentInvalid,*'
    }

    It 'takes at most as many as asked for' { @(Get-KismetNetwork -First 2).Count | Should -Be 2 }

    It 'comes back from Clixml as it was' {
        $before = Get-KismetNetwork -Ssid guest
        $before | Export-Clixml TestDrive:/n.xml
        $after = Import-Clixml TestDrive:/n.xml
        $after | Should -BeOfType KismetPS.Tracking.KismetNetwork
        foreach ($name in $before.psobject.Properties.Name) { "$($after.$name)" | Should -Be "$($before.$name)" -Because $name }
    }

    It 'reports a network that was not heard' { { Get-KismetNetwork 02:00:00:00:00:77 -ErrorAction Stop } | Should -Throw -ErrorId 'DeviceNotFound,*' }
}
