BeforeAll { . $PSScriptRoot/Common.ps1 }

Describe 'Send-TzspPacket' {
    BeforeAll {
        # Replays a capture to a listener that has heard nothing yet, slowly enough for any receive buffer, until one hears all of it: a datagram may be lost
        # where the machine is busy. Gives what was sent.
        function Send-TestCapture([string] $Path) {
            for ($try = 0; $try -lt 5; $try++) {
                Stop-TestSession
                $listener = Start-TzspListener -Port 0
                $sent = Send-TzspPacket localhost $listener.Port -Path $Path -Rate 2000 -PassThru
                if (Wait-TestUntil { (Get-KismetStatistic).Received -ge $sent.Sent } -Timeout 10) { return $sent }
            }
            throw "Of $($sent.Sent) messages $((Get-KismetStatistic).Received) came."
        }
    }

    BeforeEach { $listener = Start-TzspListener -Port 0 }
    AfterEach { Stop-TestSession }

    It 'sends frames as a sensor that says who it is' {
        $frames = [Convert]::ToHexString((New-TestBeacon)), [Convert]::ToHexString((New-TestData)) | ConvertFrom-Dot11Frame
        $frames | Send-TzspPacket localhost $listener.Port -Serial 00:0C:42:AA:BB:CC -DeviceName 'east wing' | Should -BeNullOrEmpty
        Wait-TestUntil { @(Get-KismetDevice).Count -eq 2 } | Should -BeTrue
        $sensor = (Get-KismetStatistic).Sensors[0]
        $sensor.Name | Should -Be 'east wing'
        $sensor.Serial | Should -Be '00:0C:42:AA:BB:CC'
        (Get-KismetDevice 00:0C:42:00:00:01).SensorId | Should -Be '00:0C:42:AA:BB:CC'
    }

    It 'sends TZSP packets and bytes as they are' {
        $message = ConvertTo-TestTzsp (New-TestBeacon) -Signal -33
        ConvertFrom-TzspPacket $message | Send-TzspPacket 127.0.0.1 $listener.Port
        , $message | Send-TzspPacket 127.0.0.1 $listener.Port
        $message | Send-TzspPacket 127.0.0.1 $listener.Port
        [Convert]::ToHexString($message) | Send-TzspPacket 127.0.0.1 $listener.Port
        Wait-TestUntil { (Get-KismetStatistic).Decoded -eq 4 } | Should -BeTrue
        (Get-KismetDevice).SignalDbm | Should -Be -33
    }

    It 'replays a capture with progress and result' {
        $sample = Join-Path $PSScriptRoot '../../samples/office.pcapng'
        $imported = Import-KismetCapture $sample
        $result = Send-TestCapture $sample
        $result | Should -BeOfType KismetPS.PowerShell.Model.TzspSendResult
        $result.Sent | Should -BeGreaterThan 100
        # What the capture says of damaged frames is told over TZSP too, so the devices are the same.
        (Get-KismetDevice).MacAddress | Sort-Object | Should -Be ($imported.MacAddress | Sort-Object)
    }

    It 'sends the TZSP messages of a capture as they are' {
        $null = Send-TestCapture (Join-Path $PSScriptRoot '../../samples/two-sensors.tzsp.pcap')
        # The sensors' own serials and counts arrive, so that a frame both heard is one frame.
        (Get-KismetStatistic).Sensors.Serial | Sort-Object | Should -Be '4C:5E:0C:E0:57:01', '4C:5E:0C:E0:57:02'
        (Get-KismetStatistic).Duplicates | Should -BeGreaterThan 100
    }

    It 'sends control messages without input' {
        Send-TzspPacket localhost $listener.Port -Type Keepalive
        Send-TzspPacket localhost $listener.Port -Type PortOpener
        Wait-TestUntil { (Get-KismetStatistic).Received -eq 2 } | Should -BeTrue
        "$((Get-KismetStatistic).DropReasons)" | Should -Be 'TzspControl=2'
    }

    It 'keeps the rate' {
        $frame = ConvertFrom-Dot11Frame (New-TestBeacon)
        # The best of several: a busy machine makes it slower, none makes it faster.
        $took = [double]::MaxValue
        for ($try = 0; $try -lt 5 -and $took -ge 1.5; $try++) {
            $result = 1..50 | ForEach-Object { $frame } | Send-TzspPacket localhost $listener.Port -Rate 100 -PassThru
            $result.Sent | Should -Be 50
            $took = [Math]::Min($took, $result.Duration.TotalSeconds)
        }
        $took | Should -BeGreaterThan 0.4
        $took | Should -BeLessThan 1.5
    }

    It 'sends nothing under -WhatIf' {
        ConvertFrom-Dot11Frame (New-TestBeacon) | Send-TzspPacket localhost $listener.Port -WhatIf
        Start-Sleep -Milliseconds 200
        (Get-KismetStatistic).Received | Should -Be 0
    }

    It 'says that there is nothing to send' { { Send-TzspPacket localhost $listener.Port } | Should -Throw -ErrorId 'ArgumentInvalid,*' }

    It 'reports an object that cannot be sent, and sends the next' {
        $frame = ConvertFrom-Dot11Frame (New-TestBeacon)
        [datetime]::Now, $frame | Send-TzspPacket localhost $listener.Port -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed.FullyQualifiedErrorId | Should -Be 'ArgumentInvalid,KismetPS.PowerShell.Commands.SendTzspPacketCommand'
        Wait-TestUntil { (Get-KismetStatistic).Decoded -eq 1 } | Should -BeTrue
    }

    It 'reports a host that is none and a file that is not there' {
        { Send-TzspPacket no-such-host.invalid $listener.Port -Type Keepalive } | Should -Throw -ErrorId 'HostNotFound,*'
        { Send-TzspPacket localhost $listener.Port -Path TestDrive:/none.pcapng } | Should -Throw -ErrorId 'FileNotFound,*'
    }

    It 'warns where nobody listens' {
        $frame = ConvertFrom-Dot11Frame (New-TestBeacon)
        1..5 | ForEach-Object { $frame; Start-Sleep -Milliseconds 20 } | Send-TzspPacket 127.0.0.1 (Get-TestPort) -WarningVariable warning -WarningAction SilentlyContinue
        "$warning" | Should -Match 'nothing seems to listen'
    }

    It 'stops a slow replay within 500 ms' {
        $sample = Join-Path $PSScriptRoot '../../samples/office.pcapng'
        Measure-TestStop "Send-TzspPacket 127.0.0.1 $($listener.Port) -Path '$sample' -Rate 1" { (Get-KismetStatistic).Received -ge 1 } | Should -BeLessThan 500
    }

    It 'replays files from the pipeline' {
        $sent = Get-Item (Join-Path $PSScriptRoot '../../samples/*.pcap*') | Send-TzspPacket 127.0.0.1 (Get-TestPort) -PassThru -WarningAction SilentlyContinue -ErrorVariable failed
        $failed | Should -BeNullOrEmpty
        $sent.Sent | Should -Be 2123
    }
}
