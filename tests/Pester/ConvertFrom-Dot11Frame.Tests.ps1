BeforeAll { . $PSScriptRoot/Common.ps1 }

Describe 'ConvertFrom-Dot11Frame' {
    It 'reads a beacon' {
        $frame = ConvertFrom-Dot11Frame (New-TestBeacon -Wpa2 -Sequence 77)
        $frame | Should -BeOfType KismetPS.Tracking.KismetFrame
        $frame.Subtype | Should -Be Beacon
        $frame.Transmitter | Should -Be '00:0C:42:00:00:01'
        $frame.Receiver | Should -Be 'FF:FF:FF:FF:FF:FF'
        $frame.Ssid | Should -Be lab
        $frame.Channel | Should -Be 6
        $frame.Sequence | Should -Be 77
        $frame.Security | Should -Be 'WPA2-PSK CCMP'
        $frame.GetFrameBytes() | Should -Be (New-TestBeacon -Wpa2 -Sequence 77)
    }

    It 'reads hexadecimal text and bytes in the pipeline' {
        $bytes = New-TestBeacon
        ([Convert]::ToHexString($bytes) | ConvertFrom-Dot11Frame).Ssid | Should -Be lab
        ($bytes | ConvertFrom-Dot11Frame).Ssid | Should -Be lab
    }

    It 'reads a frame behind a radiotap header' {
        # Radiotap of 9 bytes: flags (0) and, bit 5, the signal in dBm.
        [byte[]] $bytes = @(0, 0, 9, 0, 0x20, 0, 0, 0, 0xCE) + (New-TestBeacon)
        $frame = ConvertFrom-Dot11Frame $bytes -LinkType Radiotap
        $frame.Ssid | Should -Be lab
        $frame.SignalDbm | Should -Be -50
    }

    It 'reads the frame of a TZSP packet with its radio facts' {
        $packet = ConvertFrom-TzspPacket (ConvertTo-TestTzsp (New-TestData) -Signal -71 -Channel 11)
        $frame = $packet | ConvertFrom-Dot11Frame
        $frame.Type | Should -Be Data
        $frame.SignalDbm | Should -Be -71
        $frame.Channel | Should -Be 11
        $frame.Bssid | Should -Be '00:0C:42:00:00:01'
    }

    It 'leaves an FCS off that the frame carries' {
        # CRC-32 as in IEEE Std 802.11-2020 9.2.4.8, computed bit by bit.
        $bytes = New-TestBeacon
        [uint32] $crc = [uint32]::MaxValue
        foreach ($b in $bytes) {
            $crc = $crc -bxor $b
            for ($i = 0; $i -lt 8; $i++) { $crc = if ($crc -band 1) { ($crc -shr 1) -bxor [uint32] 0xEDB88320L } else { $crc -shr 1 } }
        }
        [byte[]] $with = $bytes + [BitConverter]::GetBytes([uint32] ($crc -bxor [uint32]::MaxValue))
        (ConvertFrom-Dot11Frame $with).Length | Should -Be $bytes.Length
    }

    It 'escapes a name that attacks a terminal' {
        $frame = ConvertFrom-Dot11Frame (New-TestBeacon -SsidBytes ([byte[]] (0x1B, 0x5B, 0x33, 0x31, 0x6D, 0x00, 0xFF)))
        $frame.Ssid | Should -Not -Match '[\x00-\x1F\x7F-\x9F]'
        $frame.Ssid | Should -Match 'x1B'
    }

    It 'reports bytes that are no frame (<what>), and reads the next' -TestCases @(
        @{ what = 'version 3'; bad = '83000000FFFFFFFFFFFF' }, @{ what = 'cut header'; bad = '80000000FFFF' }
    ) {
        $frames = $bad, [Convert]::ToHexString((New-TestBeacon)) | ConvertFrom-Dot11Frame -ErrorAction SilentlyContinue -ErrorVariable failed
        @($frames).Count | Should -Be 1
        $failed.FullyQualifiedErrorId | Should -Be 'FrameInvalid,KismetPS.PowerShell.Commands.ConvertFromDot11FrameCommand'
        $failed.CategoryInfo.Category | Should -Be InvalidData
    }
}
