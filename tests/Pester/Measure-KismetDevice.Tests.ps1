BeforeAll {
    . $PSScriptRoot/Common.ps1
    $listener = Start-TzspListener -Port 0 -Name measured
    Send-TestFrame $listener.Port @((New-TestBeacon), (New-TestBeacon -Bssid 00:0C:42:00:00:02 -Ssid b -Channel 11 -Wpa2)) -Signal -40
    Send-TestFrame $listener.Port @(, (New-TestBeacon -Bssid 00:0C:42:00:00:03 -Ssid c)) -Signal -60
    $null = Wait-TestUntil { @(Get-KismetDevice).Count -eq 3 }
}

AfterAll { Stop-TestSession }

Describe 'Measure-KismetDevice' {
    It 'gives counts, shares and mean signals, largest first' {
        $groups = Measure-KismetDevice Channel
        $groups | Should -BeOfType KismetPS.PowerShell.Model.KismetDeviceGroup
        $groups.Value | Should -Be 6, 11
        $groups | ForEach-Object Count | Should -Be 2, 1
        $groups[0].Share | Should -Be (2 / 3)
        $groups[0].MeanSignalDbm | Should -Be -50
        $groups[1].MeanSignalDbm | Should -Be -40
    }

    It 'measures <property> of devices in the pipeline' -TestCases @(
        @{ property = 'Encryption'; expected = 'Open', 'Wpa2' }, @{ property = 'Type'; expected = @('AccessPoint') }
    ) { "$((Get-KismetDevice | Measure-KismetDevice -Property $property).Value)" | Should -Be "$expected" }

    It 'measures several properties, one after the other' {
        (Get-KismetDevice | Measure-KismetDevice Type, Channel).Property | Should -Be Type, Channel, Channel
    }

    It 'measures sessions' {
        ($listener | Measure-KismetDevice Type).Count | Should -Be 3
        (Measure-KismetDevice Type -Session measured).Count | Should -Be 3
    }

    It 'measures devices that come from Clixml or a CSV' {
        Get-KismetDevice | Export-Clixml TestDrive:/m.xml
        Get-KismetDevice | Export-Csv TestDrive:/m.csv
        Import-Clixml TestDrive:/m.xml | Measure-KismetDevice Channel | ForEach-Object Count | Should -Be 2, 1
        $groups = Import-Csv TestDrive:/m.csv | Measure-KismetDevice Channel
        $groups.Value | Should -Be 6, 11
        $groups[0].MeanSignalDbm | Should -Be -50
    }

    It 'gives nothing of nothing' { @() | Measure-KismetDevice Channel | Should -BeNullOrEmpty }
}
