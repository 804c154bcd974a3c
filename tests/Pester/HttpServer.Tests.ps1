BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/KismetWeb.ps1

    $key = 'FEDCBA9876543210FEDCBA9876543210'
    $web = New-TestWeb
    $web.Keys[$key] = 'admin'
    $connection = Connect-KismetServer 127.0.0.1 -Port $web.Port -ApiKey $key -UpdateInterval 0.1 -Name box
}

AfterAll {
    Stop-TestSession
    $web.Dispose()
}

Describe 'Connect-KismetServer over HTTP' {
    It 'shows what the server knows as if it were heard here' {
        $connection.Protocol | Should -Be Rest
        $device = Get-KismetDevice -Session box
        $device.MacAddress | Should -Be '02:00:00:00:00:01'
        $device.SignalDbm | Should -Be -51
        "$($device.Type)" | Should -Be AccessPoint
        $network = Get-KismetNetwork -Session box
        $network.Ssid | Should -Be lab
        $network.Channel | Should -Be 6
        "$($network.Encryption)" | Should -Be Wpa2
        Wait-TestUntil { Get-KismetAlert -Session box } | Should -BeTrue
        (Get-KismetAlert -Session box).Header | Should -Be DEAUTHFLOOD
    }

    It 'asks for no device without fields, and for one thing at a time' {
        $web.Unnamed.Count | Should -Be 0
        $web.Http.MostInFlight | Should -Be 1
    }

    It 'finds out by itself that a server speaks HTTP' {
        $plain = New-TestWeb
        try {
            (Connect-KismetServer 127.0.0.1 -Port $plain.Port -Name auto).Protocol | Should -Be Rest
            (Get-KismetNetwork -Session auto).Ssid | Should -Be lab
            Wait-TestUntil { $plain.Http.Calls.Path -contains '/eventbus/events.ws' } | Should -BeTrue
        }
        finally {
            Disconnect-KismetServer -Name auto
            Wait-TestUntil { $plain.Http.Open -eq 0 } | Should -BeTrue
            $plain.Dispose()
        }
    }

    It 'logs in with a credential, and says what is wrong with one' {
        $locked = New-TestWeb
        $locked.Password = 'geheim5'
        try {
            { Connect-KismetServer 127.0.0.1 -Port $locked.Port -ErrorAction Stop } | Should -Throw -ErrorId 'AuthenticationFailed,*'
            $wrong = [pscredential]::new('kismet', [Net.NetworkCredential]::new('', 'falsch77').SecurePassword)
            { Connect-KismetServer 127.0.0.1 -Port $locked.Port -Credential $wrong -ErrorAction Stop } | Should -Throw -ErrorId 'AuthenticationFailed,*'
            $right = [pscredential]::new('kismet', [Net.NetworkCredential]::new('', 'geheim5').SecurePassword)
            (Connect-KismetServer 127.0.0.1 -Port $locked.Port -Credential $right -Name locked).State | Should -Be Running
            Disconnect-KismetServer -Name locked
        }
        finally { $locked.Dispose() }
    }

    It 'goes through the path of a reverse proxy' {
        $proxied = New-TestWeb -Prefix '/site/kismet'
        try {
            $site = Connect-KismetServer -Uri "http://127.0.0.1:$($proxied.Port)/site/kismet" -Name site
            $site.EndPoint | Should -Be "http://127.0.0.1:$($proxied.Port)/site/kismet/"
            (Get-KismetNetwork -Session site).Ssid | Should -Be lab
            { Connect-KismetServer -Uri "http://127.0.0.1:$($proxied.Port)/wrong" -ErrorAction Stop } | Should -Throw -ErrorId 'ServerUnknown,*'
            { Connect-KismetServer -Uri "http://u:geheim5@127.0.0.1:$($proxied.Port)/" -ErrorAction Stop } | Should -Throw -ErrorId 'ArgumentInvalid,*'
            $Error[0].ToString() + $Error[0].TargetObject | Should -Not -BeLike '*geheim5*'
            Disconnect-KismetServer -Name site
        }
        finally { $proxied.Dispose() }
    }

    It 'wants TLS where it is asked for' {
        { Connect-KismetServer 127.0.0.1 -Port $web.Port -ApiKey $key -UseTls -ErrorAction Stop } | Should -Throw -ErrorId 'TlsFailure,*'
    }

    It 'streams what changes with Watch-KismetDevice' {
        $seen = [Collections.Generic.List[object]]::new()
        $null = Get-KismetSession box | Watch-KismetDevice -Device -Existing -Duration 60 | ForEach-Object {
            if ($seen.Count -eq 0) { $web.Put((New-TestWebDevice '02:00:00:00:00:02' -Type 'Wi-Fi Client')) }
            $seen.Add($_)
            $_
        } | Where-Object MacAddress -EQ '02:00:00:00:00:02' | Select-Object -First 1
        $seen.MacAddress | Select-Object -Unique | Should -Be '02:00:00:00:00:01', '02:00:00:00:00:02'
        $web.Drop('4202770D00000000_020000000002')
    }

    It 'sends its devices on with Export-KismetDevice' {
        $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $listener.Start()
        $export = Get-KismetSession box | Export-KismetDevice -ComputerName 127.0.0.1 -Port $listener.LocalEndpoint.Port -Protocol Tcp
        try {
            $client = $listener.AcceptTcpClient()
            $reader = [IO.StreamReader]::new($client.GetStream())
            $client.ReceiveTimeout = 60000
            do { $line = $reader.ReadLine() } until ($line -like '*02:00:00:00:00:01*' -or $null -eq $line)
            $line | Should -BeLike '*02:00:00:00:00:01*'
        }
        finally {
            $export | Stop-KismetSession
            $client.Dispose()
            $listener.Stop()
        }
    }
}

Describe 'Get-KismetServerInfo over HTTP' {
    It 'has version, uptime, memory, devices and position' {
        Wait-TestUntil { ($told = Get-KismetServerInfo -Session box).Networks -ge 1 -and $told.Latitude } | Should -BeTrue
        $info = Get-KismetServerInfo -Session box
        $info.Version | Should -BeLike '2025.09*'
        $info.MemoryBytes | Should -Be (37128 * 1024)
        $info.Devices | Should -BeGreaterOrEqual 1
        $info.Latitude | Should -Be 40.7128
        $info.StartTime | Should -Not -BeNullOrEmpty
        $info.IsConnected | Should -BeTrue
    }
}

Describe 'Send-KismetCommand over HTTP' {
    It 'gives objects for JSON, one for each of an array' {
        $web.Fixed['/datasource/types.json'] = '[{"kismet.datasource.driver.type": "pcapfile", "n": 1, "n": 2, "N": 3, "deep": {"list": [1, 2.5, null, true]}}, {"kismet.datasource.driver.type": "linuxwifi"}]'
        $types = Send-KismetCommand datasource/types.json -Session box
        $types | Should -HaveCount 2
        $types[0] | Should -BeOfType pscustomobject
        $types.'kismet.datasource.driver.type' | Should -Be pcapfile, linuxwifi
        $types[0].n | Should -Be 2
        $types[0].N_2 | Should -Be 3
        $types[0].deep.list[1] | Should -Be 2.5
    }

    It 'posts JSON, a hashtable or an object, and gives text as it is' {
        (Send-KismetCommand alerts/raise_alerts.cmd -Body '{"name": "X", "text": "a+b"}' -Session box).status | Should -Be raised
        (Send-KismetCommand alerts/raise_alerts.cmd -Body @{ name = 'X'; list = 1, 'zwei'; flag = $true } -Session box).count | Should -Be 1
        $sent = ($web.Commands | Select-Object -Last 1).Item2 | ConvertFrom-Json
        $sent.name | Should -Be X
        $sent.list[1] | Should -Be zwei
        $sent.flag | Should -BeTrue
        $reply = Send-KismetCommand auth/apikey/generate.cmd -Body ([pscustomobject]@{ name = 'r'; role = 'readonly' }) -Session box
        $reply | Should -BeOfType KismetPS.Kismet.KismetCommandReply
        $reply.Text | Should -BeLike '0123456789*'
        (Send-KismetCommand system/timestamp.json -Raw -Session box).Json | Should -BeLike '*kismet.system.timestamp.sec*'
    }

    It 'says what is wrong with a command' {
        { Send-KismetCommand x/y.cmd -Body '{no JSON' -Session box -ErrorAction Stop } | Should -Throw -ErrorId 'ArgumentInvalid,*'
        { Send-KismetCommand devices/views/all/devices.json -Session box -ErrorAction Stop } | Should -Throw -ErrorId 'ArgumentInvalid,*'
        { Send-KismetCommand no/such.json -Session box -ErrorAction Stop } | Should -Throw -ErrorId 'CommandNotSupported,*'
        { Send-KismetCommand devices/by-key/none/device.json -Session box -ErrorAction Stop } | Should -Throw -ErrorId 'CommandRefused,*'
        $web.Unnamed.Count | Should -Be 0
        $answer = Send-KismetCommand devices/views/all/devices.json page=0, length=20 -Body @{ fields = @('kismet.device.base.macaddr') } -Session box
        $answer.data[0].'kismet.device.base.macaddr' | Should -Be '02:00:00:00:00:01'
        $answer = Send-KismetCommand devices/views/all/devices.json page=0, length=20 -Body @{ fields = 'kismet.device.base.macaddr' } -Session box
        $answer.data[0].'kismet.device.base.macaddr' | Should -Be '02:00:00:00:00:01'
        { Send-KismetCommand devices/views/all/devices.json -Body @{ fields = '' } -Session box -ErrorAction Stop } | Should -Throw -ErrorId 'ArgumentInvalid,*'
        $before = $web.Commands.Count
        Send-KismetCommand alerts/raise_alerts.cmd -Session box -WhatIf | Should -BeNullOrEmpty
        $web.Commands.Count | Should -Be $before
    }

    It 'tells a role that does not suffice' {
        $web.Keys['0000111122223333'] = 'readonly'
        { Connect-KismetServer 127.0.0.1 -Port $web.Port -ApiKey 0000111122223333 -ErrorAction Stop } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
        $null = Connect-KismetServer 127.0.0.1 -Port $web.Port -ApiKey '0000111122223333' -Name reader
        { Send-KismetCommand alerts/raise_alerts.cmd -Session reader -ErrorAction Stop } | Should -Throw -ErrorId 'RoleMissing,*'
        Disconnect-KismetServer -Name reader
    }
}

Describe 'Sources over HTTP' {
    It 'are told by the others where one server cannot be asked' {
        $gone = New-TestWeb
        $away = Connect-KismetServer 127.0.0.1 -Port $gone.Port -Name away
        $other = Connect-KismetServer 127.0.0.1 -Port $web.Port -ApiKey $key -Name other
        try {
            $null = Add-KismetSource wlan7 -Session other
            $gone.Dispose()
            (Get-KismetSource wlan7 -Session away, other -ErrorVariable failed -ErrorAction SilentlyContinue).Interface | Should -Be wlan7
            @($failed).Count | Should -Be 1
            $failed[0].FullyQualifiedErrorId | Should -BeLike 'Connection*,KismetPS.PowerShell.Commands.GetKismetSourceCommand'
            $failed[0].TargetObject | Should -Be $away
        }
        finally { $away, $other | Stop-KismetSession -Remove }
    }

    It 'adds, tunes, pauses, closes and opens' {
        $source = Add-KismetSource 'wlan0:name=hall' -Session box
        $source.Type | Should -Be linuxwifi
        (Get-KismetSource wlan0 -Session box).Hopping | Should -BeTrue
        ($source | Set-KismetSource -Channel 11 -PassThru).Channel | Should -Be 11
        ($source | Set-KismetSource -ChannelName 6HT40+ -PassThru).Channel | Should -Be '6HT40+'
        $hopping = $source | Set-KismetSource -ChannelName 1, 36VHT80 -HopRate 2 -PassThru
        $hopping.Hopping | Should -BeTrue
        $hopping.HopRate | Should -Be 2
        "$($hopping.Channels)" | Should -BeLike '*36VHT80*'
        Wait-TestUntil { (Get-TestCompletion 'Set-KismetSource -ChannelName 36').CompletionText -contains '36VHT80' } | Should -BeTrue
        ($source | Set-KismetSource -Pause -PassThru).Paused | Should -BeTrue
        ($source | Set-KismetSource -Resume -PassThru).Paused | Should -BeFalse
        { $source | Set-KismetSource -Channel 1 -ChannelName 6HT40+ -ErrorAction Stop } | Should -Throw -ErrorId 'ArgumentInvalid,*'
        $source | Remove-KismetSource
        $closed = Get-KismetSource wlan0 -Session box
        $closed.Running | Should -BeFalse
        ($closed | Set-KismetSource -Resume -PassThru).Running | Should -BeTrue
    }

    It 'tells refusals in the words of the server' {
        { Add-KismetSource '/no/such.pcap:type=pcapfile' -Session box -ErrorAction Stop } | Should -Throw -ErrorId 'CommandRefused,*' -ExpectedMessage '*no such file*'
        { Get-KismetSource wlan0 -Session box | Set-KismetSource -Channel 0 -ErrorAction Stop } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        { Get-KismetSource wlan0 -Session box | Set-KismetSource -ChannelName '6; x' -ErrorAction Stop } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }
}

Describe 'A key' {
    It 'is nowhere to be read' {
        $shown = @(
            $connection | Format-List -Property * -Force | Out-String -Width 500
            Get-KismetServerInfo -Session box | Format-List -Property * -Force | Out-String -Width 500
            Get-KismetStatistic -Session box | Format-List -Property * -Force | Out-String -Width 500
            Get-KismetSession box | ConvertTo-Json -Depth 3 -WarningAction SilentlyContinue
            Connect-KismetServer 127.0.0.1 -Port $web.Port -ApiKey $key -Name loud -Verbose -Debug *>&1 | Out-String -Width 500
            Connect-KismetServer 127.0.0.1 -Port $web.Port -ApiKey $key -WhatIf *>&1 | Out-String
            Send-KismetCommand system/timestamp.json -Session loud -Verbose -Debug *>&1 | Out-String -Width 500
            Disconnect-KismetServer -Name loud -Verbose *>&1 | Out-String
            "$connection"
        )
        $web.Tamper = [Func[KismetPS.TestKit.Web.WebCall, KismetPS.TestKit.Web.WebReply, KismetPS.TestKit.Web.WebReply]] $null
        $shown += try { Connect-KismetServer 127.0.0.1 -Port $web.Port -ApiKey "$($key)x" -ErrorAction Stop } catch { $_ | Format-List -Property * -Force | Out-String; $_.Exception.ToString() }
        $shown.Count | Should -BeGreaterThan 8
        ($shown -join "`n") | Should -Not -BeLike "*$key*"
        ($shown -join "`n") | Should -BeLike '*AuthenticationFailed*'
    }
}
