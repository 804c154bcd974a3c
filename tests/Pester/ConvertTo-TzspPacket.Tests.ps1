BeforeAll {
    . $PSScriptRoot/Common.ps1
    $hex = '010000120A01CE12010601800011'
}

Describe 'ConvertTo-TzspPacket' {
    It 'gives back the bytes it was read from' {
        $bytes = ConvertFrom-TzspPacket $hex | ConvertTo-TzspPacket
        $bytes.GetType() | Should -Be ([byte[]])
        [Convert]::ToHexString($bytes) | Should -Be $hex
        ConvertFrom-TzspPacket $hex | ConvertTo-TzspPacket -AsHex | Should -Be $hex
    }

    It 'gives one array per packet, which the next command takes' {
        $packets = $hex, $hex | ConvertFrom-TzspPacket
        @($packets | ConvertTo-TzspPacket).Count | Should -Be 2
        ($packets | ConvertTo-TzspPacket | ConvertFrom-TzspPacket).SignalDbm | Should -Be -50, -50
    }

    It 'keeps unknown and repeated tags' {
        $odd = '01000012FF0201020A01CE0A01CD0180'
        ConvertFrom-TzspPacket $odd | ConvertTo-TzspPacket -AsHex | Should -Be $odd
    }
}
