BeforeAll {
    . $PSScriptRoot/Common.ps1

    function ConvertTo-TestBigEndian([uint32] $Value) {
        $bytes = [BitConverter]::GetBytes($Value)
        [array]::Reverse($bytes)
        , $bytes
    }

    # Drone protocol of 2009 to 2016: sentinel, command, length, payload.
    function New-TestDroneMessage([int] $Command, [byte[]] $Payload = @()) {
        , [byte[]] (@(0xDE, 0xAD, 0xBE, 0xEF) + (ConvertTo-TestBigEndian $Command) + (ConvertTo-TestBigEndian $Payload.Length) + $Payload)
    }

    function New-TestDroneHello {
        $text = { param($t) $bytes = [byte[]]::new(32); [Text.Encoding]::ASCII.GetBytes($t).CopyTo($bytes, 0); $bytes }
        New-TestDroneMessage 1 ([byte[]] (@(0, 0, 0, 1) + (& $text '2016-07-R1') + (& $text 'attic')))
    }

    # A frame with radio facts (-48 dBm on 2437 MHz) of the source whose UUID is all 7.
    function New-TestDronePacket([byte[]] $Frame) {
        $radio = @(0, 30, 0, 0, 1, 0xFF, 0, 0, 0x09, 0x85, 0xFF, 0xD0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 3, 0, 0, 0, 10, 0, 0, 0, 0)
        $data = @(0, 44, 0, 0, 0, 0x1F) + @(7) * 16 + @(($Frame.Length -shr 8), ($Frame.Length -band 255)) + @(0, 0, 0, 0, 0x60, 0, 0, 0) + @(0) * 8 + @(0, 0, 0, 105)
        New-TestDroneMessage 3 ([byte[]] (@(0x80, 0, 0, 1) + @(0, 0, 0, 30) + $radio + $data + $Frame))
    }

    # A drone in a thread of its own: each connection gets one of the scripts (arrays of bytes) and is closed; with -Hold the last one is kept.
    function Start-TestDrone([object[]] $Scripts, [switch] $Hold) {
        $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $listener.Start()
        $job = Start-ThreadJob -ArgumentList $listener, $Scripts, $Hold.IsPresent {
            param($listener, $scripts, $hold)
            $open = @()
            for ($i = 0; $i -lt $scripts.Count; $i++) {
                $client = $listener.AcceptTcpClient()
                $stream = $client.GetStream()
                foreach ($part in $scripts[$i]) { $stream.Write([byte[]] $part, 0, $part.Length) }
                if ($hold -and $i -eq $scripts.Count - 1) { $open += $client } else { $client.Close() }
            }
            if ($hold) { Start-Sleep 600 }
        }
        [pscustomobject]@{ Port = $listener.LocalEndpoint.Port; Listener = $listener; Job = $job }
    }

    function Stop-TestDrone($Drone) {
        $Drone.Listener.Stop()
        Remove-Job $Drone.Job -Force
    }
}

Describe 'Connect-KismetDrone' {
    AfterEach { Stop-TestSession }

    Context 'a drone that talks' {
        BeforeEach {
            $drone = Start-TestDrone -Hold -Scripts @(, @((New-TestDroneHello), (New-TestDronePacket (New-TestBeacon)), (New-TestDronePacket (New-TestData))))
        }
        AfterEach { Stop-TestDrone $drone }

        It 'gives a session that tracks what the drone hears' {
            $session = Connect-KismetDrone 127.0.0.1 $drone.Port -Name attic
            $session | Should -BeOfType KismetPS.Tracking.KismetDrone
            $session.State, $session.Kind, $session.Name | Should -Be Running, Connection, attic
            $session.ComputerName, $session.Port, "$($session.Protocol)", $session.IsConnected, $session.Reconnects | Should -Be '127.0.0.1', $drone.Port, 'Newcore', $true, 0
            Wait-TestUntil { @(Get-KismetDevice -Session attic).Count -eq 2 } | Should -BeTrue
            $session.DroneName, $session.DroneVersion | Should -Be 'attic', '2016-07-R1'
            $device = Get-KismetDevice 00:0C:42:00:00:01
            $device.Ssid, $device.SignalDbm, $device.FrequencyMHz | Should -Be 'lab', -48, 2437
            $device.SensorId | Should -Be '07070707-0707-0707-0707-070707070707'
            (Get-KismetStatistic).Sensors.Received | Should -Be 2
            # Five seconds are what a session takes that does not end.
            (Measure-Command { Stop-KismetSession -Name attic }).TotalSeconds | Should -BeLessThan 4.5
            $session.State | Should -Be Stopped
            $session.IsConnected | Should -BeFalse
        }

        It 'streams <emit> and ends with the pipeline' -TestCases @(
            @{ emit = 'Frame'; type = 'KismetPS.Tracking.KismetFrame' }, @{ emit = 'Device'; type = 'KismetPS.Tracking.KismetDevice' }, @{ emit = 'Network'; type = 'KismetPS.Tracking.KismetNetwork' }
        ) {
            Connect-KismetDrone 127.0.0.1 $drone.Port -Emit $emit -Count 1 -Duration 60s | Should -BeOfType $type
            Get-KismetSession | Should -BeNullOrEmpty
        }

        It 'is a job with -AsJob' {
            $job = Connect-KismetDrone 127.0.0.1 -Port $drone.Port -AsJob -Emit Frame -Count 2
            $frames = $job | Wait-Job -Timeout 60 | Receive-Job
            $frames.Subtype | Should -Be Beacon, Data
            Remove-Job $job
        }

        It 'writes a capture file' {
            $path = Join-Path $TestDrive drone.pcapng
            Connect-KismetDrone 127.0.0.1 $drone.Port -CapturePath $path -Emit Frame -Count 2 | Should -HaveCount 2
            (Import-KismetCapture $path -Emit Frame).Subtype | Should -Be Beacon, Data
        }

        It 'takes hosts by property name' {
            $session = [pscustomobject]@{ ComputerName = '127.0.0.1'; Port = $drone.Port; Name = 'from a table' } | Connect-KismetDrone
            $session.Name, $session.Port | Should -Be 'from a table', $drone.Port
        }
    }

    It 'comes back after the connection is lost, with one warning' {
        $drone = Start-TestDrone -Hold -Scripts @(@((New-TestDroneHello), (New-TestDronePacket (New-TestBeacon))), @((New-TestDroneHello), (New-TestDronePacket (New-TestProbe))))
        try {
            $frames = Connect-KismetDrone 127.0.0.1 $drone.Port -Emit Frame -Count 2 -Duration 60s -WarningVariable warnings -WarningAction SilentlyContinue
            $frames.Subtype | Should -Be Beacon, ProbeRequest
            $warnings | Should -HaveCount 1
            "$warnings" | Should -Match 'is lost'
        }
        finally { Stop-TestDrone $drone }
    }

    It 'tells of a lost connection when the session is looked at' {
        $drone = Start-TestDrone -Scripts @(, @(, (New-TestDroneHello)))
        $session = Connect-KismetDrone 127.0.0.1 $drone.Port
        Stop-TestDrone $drone
        Wait-TestUntil { -not $session.IsConnected } | Should -BeTrue
        # The warning comes behind the end of the connection.
        $told = [Collections.Generic.List[object]]::new()
        $look = { $null = Get-KismetSession -WarningVariable warnings -WarningAction SilentlyContinue; foreach ($warning in $warnings) { $told.Add($warning) } }
        Wait-TestUntil { & $look; $told.Count -gt 0 } | Should -BeTrue
        & $look
        $told | Should -HaveCount 1
        "$told" | Should -Match 'is lost'
        $session.State | Should -Be Running
    }

    It 'ends with the connection under -NoReconnect' {
        $drone = Start-TestDrone -Scripts @(, @(, (New-TestDroneHello)))
        try {
            $session = Connect-KismetDrone 127.0.0.1 $drone.Port -NoReconnect
            $null = Wait-KismetSession $session -Timeout 60s
            $session.State, $session.StopReason | Should -Be Stopped, EndOfInput
        }
        finally { Stop-TestDrone $drone }
    }

    It 'reports what is wrong' {
        $closed = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $closed.Start()
        $port = $closed.LocalEndpoint.Port
        { Connect-KismetDrone 127.0.0.1 $port -Timeout 300ms } | Should -Throw -ErrorId 'ConnectionTimeout,KismetPS.PowerShell.Commands.ConnectKismetDroneCommand'
        $closed.Stop()
        { Connect-KismetDrone 127.0.0.1 $port } | Should -Throw -ErrorId 'ConnectionRefused,*'
        { Connect-KismetDrone no-such-host.invalid } | Should -Throw -ErrorId 'HostNotFound,*'
        { Connect-KismetDrone 127.0.0.1 $port -Emit Packet } | Should -Throw -ErrorId 'ArgumentInvalid,*'
        $server = Start-TestDrone -Hold -Scripts @(, @(, [Text.Encoding]::ASCII.GetBytes("*KISMET: 0.0.0 1 server 0 0`n")))
        try {
            $failure = try { Connect-KismetDrone 127.0.0.1 $server.Port } catch { $_ }
            $failure.FullyQualifiedErrorId | Should -BeLike 'ServerUnknown,*'
            $failure.CategoryInfo.Category | Should -Be ProtocolError
            $failure.ErrorDetails.RecommendedAction | Should -Match 'Connect-KismetServer'
        }
        finally { Stop-TestDrone $server }
        Get-KismetSession | Should -BeNullOrEmpty
    }

    It 'connects to nobody under -WhatIf' {
        Connect-KismetDrone no-such-host.invalid -WhatIf | Should -BeNullOrEmpty
    }
}
