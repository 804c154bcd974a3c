BeforeAll {
    . $PSScriptRoot/Common.ps1

    function Connect-TestServer($Port) {
        $client = [Net.Sockets.TcpClient]::new('127.0.0.1', $Port)
        $client.ReceiveTimeout = 60000
        $client
    }

    function Read-TestLine($Client, $Like) {
        $reader = [IO.StreamReader]::new($Client.GetStream(), [Text.Encoding]::Latin1, $false, 1024, $true)
        while ($null -ne ($line = $reader.ReadLine())) { if ($line -like $Like) { return $line } }
    }

    function Send-TestLine($Client, $Line) {
        $bytes = [Text.Encoding]::Latin1.GetBytes("$Line`n")
        $Client.GetStream().Write($bytes, 0, $bytes.Length)
    }
}

Describe 'Start-KismetServer' {
    AfterEach {
        $clients | ForEach-Object Dispose
        Stop-TestSession
    }

    BeforeEach { $clients = @() }

    It 'serves what a listener hears to clients of both eras at once' {
        $listener = Start-TzspListener -Port 0
        $server = $listener | Start-KismetServer -Port 0 -ServerName box
        $server.Kind | Should -Be Server
        $server.EndPoint | Should -BeLike '127.0.0.1:*'
        Send-TestFrame $listener.Port @(, (New-TestBeacon))
        $newer = Connect-TestServer $server.Port
        $old = Connect-TestServer $server.Port
        $clients = $newer, $old
        Send-TestLine $newer '!1 ENABLE SSID ssid,'
        Read-TestLine $newer '`*SSID: *' | Should -Be "*SSID: `u{1}lab`u{1} "
        Send-TestLine $old '!0 ENABLE NETWORK ssid,type'
        Read-TestLine $old '`*NETWORK: *' | Should -Be "*NETWORK: `u{1}lab`u{1} 0 "
        ($server | Get-KismetServerClient).Era | Sort-Object | Should -Be Stable, Newcore
        (Get-KismetServerClient | Where-Object Era -EQ Newcore).Enabled.Name | Should -Be SSID
    }

    It 'serves all sessions by default, and takes several from the pipeline' {
        $null = 1..2 | ForEach-Object { Start-TzspListener -Port 0 -Name "l$_" }
        (Start-KismetServer -Port 0).Served | Should -Be l1, l2
        (Get-KismetSession -Name l* | Start-KismetServer -Port 0).Served | Should -Be l1, l2
    }

    It 'opens nothing with -WhatIf' {
        $null = Start-TzspListener -Port 0
        Start-KismetServer -Port 0 -WhatIf | Should -BeNullOrEmpty
        Get-KismetSession -Kind Server | Should -BeNullOrEmpty
    }

    It 'says at once that a port is in use, and that there is nothing to serve' {
        { Start-KismetServer -Port 0 } | Should -Throw -ErrorId 'SessionNotFound,*'
        $null = Start-TzspListener -Port 0
        $server = Start-KismetServer -Port 0
        { Start-KismetServer -Port $server.Port } | Should -Throw -ErrorId 'AddressInUse,*'
    }

    It 'refuses who is not allowed and says why' {
        $server = Start-TzspListener -Port 0 | Start-KismetServer -Port 0 -AllowedHost 10.1.2.0/24
        $clients = @(Connect-TestServer $server.Port)
        Read-TestLine $clients[0] '*' | Should -Be "*ERROR: 0 `u{1}Connections from your address are not allowed`u{1} "
        $server.Refused | Should -Be 1
    }

    It 'warns of an address that others reach without being let in, once' {
        $listener = Start-TzspListener -Port 0
        $null = $listener | Start-KismetServer -Port 0 -Address 0.0.0.0 -WarningVariable told -WarningAction SilentlyContinue
        @($told).Count | Should -Be 1
        "$told" | Should -Match 'allow-list'
        $null = $listener | Start-KismetServer -Port 0 -Address 0.0.0.0 -AllowedHost 10.0.0.0/8 -WarningVariable told -WarningAction SilentlyContinue
        $told | Should -BeNullOrEmpty
    }

    It 'serves frames as a <protocol> drone, which Connect-KismetDrone takes' -TestCases @(@{ protocol = 'Newcore' }, @{ protocol = 'Stable' }) {
        $listener = Start-TzspListener -Port 0 -Name ear
        $server = $listener | Start-KismetServer -Port 0 -DronePort 0 -DroneProtocol $protocol -ServerName attic
        $server.DronePort | Should -BeGreaterThan 0
        $drone = Connect-KismetDrone 127.0.0.1 $server.DronePort -Name far
        "$($drone.Protocol)" | Should -Be $protocol
        $taker = Get-KismetServerClient $server
        $taker.Protocol, "$($taker.Era)", $taker.SessionId | Should -Be Drone, $protocol, $server.Id
        Send-TestFrame $listener.Port @((New-TestBeacon), (New-TestData))
        Wait-TestUntil { @(Get-KismetDevice -Session far).Count -eq 2 } | Should -BeTrue
        $heard = Get-KismetDevice 00:0C:42:00:00:01 -Session ear, far
        $heard.Ssid | Should -Be lab, lab
        $heard.SignalDbm | Should -Be -50, -50
        $taker = Get-KismetServerClient $server
        $taker.LinesSent | Should -BeGreaterThan 2
        $taker.Dropped, $taker.Errors | Should -Be 0, 0
        $taker | Format-Table | Out-String | Should -Match 'frames'
        Stop-KismetServer $server
        Wait-TestUntil { -not $drone.IsConnected } | Should -BeTrue
    }

    It 'says what it serves no frames of' {
        $ear = Start-TzspListener -Port 0 -Name ear
        $first = $ear | Start-KismetServer -Port 0
        $view = Connect-KismetServer 127.0.0.1 $first.Port -Name view
        $null = $ear, $view | Start-KismetServer -Port 0 -DronePort 0 -WarningVariable told -WarningAction SilentlyContinue
        "$told" | Should -BeLike "'view' is a Connection, which has devices but no frames*"
        { $view | Start-KismetServer -Port 0 -DronePort 0 -WarningAction SilentlyContinue } | Should -Throw -ErrorId 'SessionNotFound,*'
        { $ear | Start-KismetServer -Port 0 -DroneProtocol Stable } | Should -Throw -ErrorId 'ArgumentInvalid,*'
        { $ear | Start-KismetServer -Port 0 -DronePort 0 -DroneProtocol Unknown } | Should -Throw -ErrorId 'ArgumentInvalid,*'
    }

    It 'takes no session that knows no devices' {
        $server = Start-TzspListener -Port 0 | Start-KismetServer -Port 0
        $server | Start-KismetServer -Port 0 -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed.FullyQualifiedErrorId | Should -BeLike 'SessionNotFound,*'
    }
}
