BeforeAll {
    . $PSScriptRoot/Common.ps1
    # Version 1, received, 802.11; RSSI -50, channel 6, rate 54 Mbit/s (0x6C), packet count 7, END, two bytes of frame.
    $hex = '01 00 00 12 0A 01 CE 12 01 06 0C 01 6C 28 04 00 00 00 07 01 80 00'
}

Describe 'ConvertFrom-TzspPacket' {
    It 'reads <form>' -TestCases @{ form = 'text' }, @{ form = 'colons' }, @{ form = '0x' }, @{ form = 'an array' }, @{ form = 'bytes in the pipeline' }, @{ form = 'arrays in the pipeline' } {
        $bytes = [Convert]::FromHexString($hex -replace ' ')
        $packet = switch ($form) {
            'text' { $hex | ConvertFrom-TzspPacket }
            'colons' { ConvertFrom-TzspPacket ($hex -replace ' ', ':') }
            '0x' { ConvertFrom-TzspPacket ('0x' + ($hex -replace ' ', ', 0x')) }
            'an array' { ConvertFrom-TzspPacket $bytes }
            'bytes in the pipeline' { $bytes | ConvertFrom-TzspPacket }
            default { , $bytes | ConvertFrom-TzspPacket }
        }
        @($packet).Count | Should -Be 1
        $packet | Should -BeOfType KismetPS.Capture.Tzsp.TzspPacket
        $packet.Type | Should -Be Received
        $packet.Encapsulation | Should -Be 18
        $packet.SignalDbm | Should -Be -50
        $packet.Channel | Should -Be 6
        $packet.RateMbps | Should -Be 54
        $packet.PacketCount | Should -Be 7
        $packet.Length | Should -Be 2
        $packet.GetFrameBytes() | Should -Be 0x80, 0
        $packet.Tags.Number | Should -Be 10, 18, 12, 40
        $packet.Tags[0].Value | Should -Be -50
        $packet.Tags[3].Raw | Should -Be 00000007
    }

    It 'reports bytes that are no message (<what>), and reads the next' -TestCases @(
        @{ what = 'version'; bad = '02 00 00 12 01' }, @{ what = 'cut tag'; bad = '01 00 00 12 0A 04 CE' }, @{ what = 'too short'; bad = '01 00' }
    ) {
        $packets = $bad, $hex | ConvertFrom-TzspPacket -ErrorAction SilentlyContinue -ErrorVariable failed
        @($packets).Count | Should -Be 1
        $failed.FullyQualifiedErrorId | Should -Be 'TzspInvalid,KismetPS.PowerShell.Commands.ConvertFromTzspPacketCommand'
        $failed.CategoryInfo.Category | Should -Be InvalidData
    }

    It 'refuses text that is not hexadecimal' { { ConvertFrom-TzspPacket 'hello' } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*' }

    It 'shows no control characters of what a sensor calls itself' {
        # Tag 80, name: ESC ]0;x BEL, a title change for a terminal.
        $packet = ConvertFrom-TzspPacket '01 00 00 12 50 06 1B 5D 30 3B 78 07 01 80'
        "$($packet.DeviceName)$($packet.Tags)" | Should -Not -Match '[\x00-\x1F\x7F-\x9F]'
    }
}
