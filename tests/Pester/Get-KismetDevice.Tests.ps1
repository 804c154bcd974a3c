BeforeAll {
    . $PSScriptRoot/Common.ps1
    $listener = Start-TzspListener -Port 0 -Name devices
    Send-TestFrame $listener.Port @(
        (New-TestBeacon), (New-TestBeacon -Bssid 00:0C:42:00:00:02 -Ssid 'Guest [west]' -Channel 11 -Wpa2), (New-TestData), (New-TestProbe -Ssid home)
    )
    Send-TestFrame $listener.Port @(, (New-TestProbe -Client 02:11:22:33:44:55)) -Signal -90
    $null = Wait-TestUntil { @(Get-KismetDevice).Count -eq 5 }
}

AfterAll { Stop-TestSession }

Describe 'Get-KismetDevice' {
    It 'gives all devices of all sessions' {
        $devices = Get-KismetDevice
        $devices | Should -BeOfType KismetPS.Tracking.KismetDevice
        $devices.Count | Should -Be 5
        $devices.SessionId | Select-Object -Unique | Should -Be $listener.Id
    }

    It 'takes any notation of an address: <text>' -TestCases @(
        @{ text = '00:0c:42:00:00:01' }, @{ text = '00-0C-42-00-00-01' }, @{ text = '000c.4200.0001' }, @{ text = '000c42000001' }, @{ text = ' 00:0C:42:00:00:01 ' }
    ) { (Get-KismetDevice $text).Ssid | Should -Be lab }

    It 'takes an address that PowerShell reads as a number' {
        (Get-KismetDevice 021122334455).MacAddress | Should -Be '02:11:22:33:44:55'
    }

    It 'filters by <name>' -TestCases @(
        @{ name = 'type'; with = @{ Type = 'AccessPoint' }; count = 2 }
        @{ name = 'types'; with = @{ Type = 'AccessPoint', 'Client' }; count = 3 }
        @{ name = 'name with a wildcard'; with = @{ Ssid = 'LA*' }; count = 2 }
        @{ name = 'names probed for'; with = @{ Ssid = 'home' }; count = 1 }
        @{ name = 'name with brackets escaped'; with = @{ Ssid = 'Guest `[west`]' }; count = 1 }
        @{ name = 'channel'; with = @{ Channel = 11 }; count = 1 }
        @{ name = 'signal'; with = @{ MinSignal = -60 }; count = 4 }
        @{ name = 'encryption'; with = @{ Encryption = 'Wpa2' }; count = 1 }
        @{ name = 'encryptions'; with = @{ Encryption = 'Wpa2', 'Open' }; count = 3 }
        # Cases are made before the first test of the suite runs, which may be long before this one does.
        @{ name = 'time'; with = @{ Since = [DateTime]::Now.AddDays(-1) }; count = 5 }
        @{ name = 'time to come'; with = @{ Since = [DateTime]::Now.AddDays(1) }; count = 0 }
        @{ name = 'number'; with = @{ First = 2 }; count = 2 }
        @{ name = 'several conditions'; with = @{ Type = 'AccessPoint'; Encryption = 'Open' }; count = 1 }
        @{ name = 'a vendor nobody has'; with = @{ Vendor = 'No such vendor*' }; count = 0 }
    ) { @(Get-KismetDevice @with).Count | Should -Be $count }

    It 'takes sessions as <how>' -TestCases @{ how = 'object' }, @{ how = 'number' }, @{ how = 'name' }, @{ how = 'pattern' }, @{ how = 'number as text' } {
        $session = switch ($how) { object { $listener } number { $listener.Id } name { 'DEVICES' } pattern { 'dev*' } default { "$($listener.Id)" } }
        @(Get-KismetDevice -Session $session).Count | Should -Be 5
        @($session | Get-KismetDevice).Count | Should -Be 5
    }

    It 'takes addresses from objects that have one' {
        (Get-KismetDevice -Type Client | Get-KismetDevice).MacAddress | Should -Be '3C:5A:B4:00:00:02'
        (Get-KismetNetwork -Ssid lab | Get-KismetDevice).MacAddress | Should -Be '00:0C:42:00:00:01'
    }

    It 'reports a device that was not heard, and goes on' {
        $found = Get-KismetDevice 02:00:00:00:00:99, 00:0C:42:00:00:01 -ErrorAction SilentlyContinue -ErrorVariable failed
        $found.MacAddress | Should -Be '00:0C:42:00:00:01'
        $failed.FullyQualifiedErrorId | Should -Be 'DeviceNotFound,KismetPS.PowerShell.Commands.GetKismetDeviceCommand'
        $failed.CategoryInfo.Category | Should -Be ObjectNotFound
    }

    It 'says that a session knows no devices, but not where sessions of all kinds are piped' {
        $server = Start-KismetServer -Port 0 -Name deviceless
        try {
            { Get-KismetDevice -Session deviceless -ErrorAction Stop } | Should -Throw -ErrorId 'SessionNotFound,*'
            { Get-KismetDevice -Session $server -ErrorAction Stop } | Should -Throw "'deviceless' is of the kind Server, which knows no devices*"
            { Get-KismetDevice -Session device* -ErrorAction Stop } | Should -Not -Throw
            @(Get-KismetSession | Get-KismetDevice -ErrorAction Stop).Count | Should -Be 5
        }
        finally { Stop-KismetServer $server }
    }

    It 'reports a session that is not there' { { Get-KismetDevice -Session nobody -ErrorAction Stop } | Should -Throw -ErrorId 'SessionNotFound,*' }

    It 'refuses what is no address' { { Get-KismetDevice 00:0C:42 } | Should -Throw -ErrorId 'CannotConvertArgument*' }

    It 'has all properties always, in the order designed' {
        $names = (Get-KismetDevice -First 1).psobject.Properties.Name
        $names | Should -Be @(
            'MacAddress', 'Type', 'Ssid', 'Bssid', 'Vendor', 'IsRandomized', 'Channel', 'FrequencyMHz', 'Encryption', 'SignalDbm', 'SignalMinDbm', 'SignalMaxDbm', 'NoiseDbm',
            'MaxRateMbps', 'Standard', 'Packets', 'DataPackets', 'ManagementPackets', 'EncryptedPackets', 'Bytes', 'Retries', 'FcsErrors', 'ClientCount', 'BeaconIntervalTu', 'Latitude', 'Longitude', 'AltitudeM',
            'FirstSeen', 'LastSeen', 'SensorId', 'Source', 'SessionId', 'IsStale', 'Phy', 'Ssids', 'ProbedSsids', 'Clients', 'Security', 'Sensors', 'Properties')
    }

    It 'gives Export-Csv the same columns in every row and no type names in its cells' {
        Get-KismetDevice | Export-Csv TestDrive:/d.csv
        $rows = Import-Csv TestDrive:/d.csv
        $rows.Count | Should -Be 5
        Get-Content TestDrive:/d.csv -Raw | Should -Not -Match 'System\.|KismetPS\.'
        ($rows | Where-Object MacAddress -eq 00:0C:42:00:00:01).Clients | Should -Be '3C:5A:B4:00:00:02'
    }

    It 'comes back from Clixml as it was' {
        $before = Get-KismetDevice 00:0C:42:00:00:02
        $before | Export-Clixml TestDrive:/d.xml
        $after = Import-Clixml TestDrive:/d.xml
        $after | Should -BeOfType KismetPS.Tracking.KismetDevice
        foreach ($name in $before.psobject.Properties.Name) { "$($after.$name)" | Should -Be "$($before.$name)" -Because $name }
        $after.LastSeen | Should -Be $before.LastSeen
        $after.Ssids[0].Encryption | Should -Be Wpa2
        $after.Security.PairwiseCiphers | Should -Be $before.Security.PairwiseCiphers
        $after.Sensors[0].SignalDbm | Should -Be -50
    }

    It 'converts to JSON without taking an address apart' {
        (Get-KismetDevice 00:0C:42:00:00:01 | ConvertTo-Json -Depth 4 | ConvertFrom-Json).MacAddress | Should -Be '00:0C:42:00:00:01'
    }

    It 'completes <what>' -TestCases @(
        @{ what = 'addresses'; line = 'Get-KismetDevice -MacAddress 00'; expected = '00:0C:42:00:00:01', '00:0C:42:00:00:02' }
        @{ what = 'addresses begun without separators'; line = 'Get-KismetDevice -MacAddress 3c5a'; expected = '3C:5A:B4:00:00:02', '3C:5A:B4:00:00:03' }
        @{ what = 'addresses by wildcard'; line = 'Get-KismetDevice -MacAddress *:44:55'; expected = '02:11:22:33:44:55' }
        @{ what = 'names, quoted and escaped'; line = 'Get-KismetDevice -Ssid gu'; expected = "'Guest ``[west``]'" }
        @{ what = 'channels'; line = 'Get-KismetDevice -Channel 1'; expected = '11' }
        @{ what = 'sessions'; line = 'Get-KismetDevice -Session d'; expected = 'devices' }
        @{ what = 'types'; line = 'Get-KismetDevice -Type Acc'; expected = 'AccessPoint' }
    ) { (Get-TestCompletion $line).CompletionText | Should -Be $expected }

    It 'completes names with brackets, from the bracket on and again' {
        $brackets = Start-TzspListener -Port 0 -Name brackets
        try {
            Send-TestFrame $brackets.Port @(, (New-TestBeacon -Bssid 00:0C:42:00:00:0B -Ssid '[office]'))
            Wait-TestUntil { @(Get-KismetDevice -Session brackets).Count -eq 1 } | Should -BeTrue
            $expected = "'``[office``]'"
            foreach ($begun in '[', '[of', "'[off", $expected.TrimEnd("'")) {
                (Get-TestCompletion "Get-KismetDevice -Ssid $begun").CompletionText | Should -Be $expected -Because $begun
            }
            (& ([scriptblock]::Create("Get-KismetDevice -Ssid $expected"))).MacAddress | Should -Be '00:0C:42:00:00:0B'
        }
        finally { Stop-KismetSession $brackets -Remove }
    }

    It 'completes with what the device is as a tool tip' {
        (Get-TestCompletion 'Get-KismetDevice -MacAddress 00:0C:42:00:00:01').ToolTip | Should -Match 'AccessPoint lab'
    }
}

Describe 'Completion in a full table' {
    BeforeAll {
        Stop-TestSession
        $full = Start-TzspListener -Port 0 -ReceiveBuffer 64MB
        $probe = ConvertTo-TestTzsp (New-TestProbe)
        $messages = foreach ($i in 0..19999) {
            $message = [byte[]] $probe.Clone()
            # The last three bytes of the sender's address.
            $message[24] = $i -shr 16; $message[25] = ($i -shr 8) -band 255; $message[26] = $i -band 255
            , $message
        }
        Send-TestPortion $full.Port $messages { $full.Statistics.Devices }
        $null = Get-TestCompletion 'Get-KismetDevice -MacAddress 3'
    }

    It 'finds <what> in under 50 ms' -TestCases @(
        @{ what = 'the last address'; line = 'Get-KismetDevice -MacAddress 3C:5A:B4:00:4E:1F'; count = 1 }
        @{ what = 'no address'; line = 'Get-KismetDevice -MacAddress FF'; count = 0 }
        @{ what = 'many addresses'; line = 'Get-KismetDevice -MacAddress 3C'; count = 200 }
        @{ what = 'a vendor'; line = 'Get-KismetDevice -Vendor Goo'; count = 1 }
        @{ what = 'channels'; line = 'Get-KismetDevice -Channel '; count = 1 }
    ) {
        $best = Measure-TestBest { $script:found = @(Get-TestCompletion $line) } -Limit 50
        # No completion of ours: PowerShell offers files.
        if ($count) { $found.Count | Should -Be $count }
        $best | Should -BeLessThan 50
    }
}

Describe 'Get-KismetDevice without a session' {
    BeforeAll { Stop-TestSession }

    It 'gives nothing, and says why' {
        Get-KismetDevice -WarningVariable warning -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        "$warning" | Should -Match 'Start-TzspListener'
    }

    It 'completes nothing without throwing' { { Get-TestCompletion 'Get-KismetDevice -Vendor ' } | Should -Not -Throw }
}
