BeforeAll {
    . $PSScriptRoot/Common.ps1
    $office = Join-Path $PSScriptRoot '../../samples/office.pcapng'
}

Describe 'Export-KismetCapture' {
    AfterEach { Stop-TestSession }

    It 'writes frames so that they are read again as they were (<extension>)' -TestCases @{ extension = 'pcapng' }, @{ extension = 'pcap' } {
        $frames = @(Import-KismetCapture $office -Emit Frame | Select-Object -First 200)
        $frames | Export-KismetCapture "TestDrive:/f.$extension" | Should -BeNullOrEmpty
        $again = @(Import-KismetCapture "TestDrive:/f.$extension" -Emit Frame)
        $again.Count | Should -Be 200
        foreach ($i in 0, 7, 199) {
            $again[$i].GetFrameBytes() | Should -Be $frames[$i].GetFrameBytes()
            foreach ($name in 'Time', 'Subtype', 'Transmitter', 'SignalDbm', 'NoiseDbm', 'FrequencyMHz', 'Sequence') { $again[$i].$name | Should -Be $frames[$i].$name -Because $name }
        }
    }

    It 'chooses the format by the extension or as told' {
        $frame = ConvertFrom-Dot11Frame (New-TestBeacon)
        $frame | Export-KismetCapture TestDrive:/x.pcap
        $frame | Export-KismetCapture TestDrive:/x.pcapng
        $frame | Export-KismetCapture TestDrive:/y.pcap -Format PcapNg
        $magic = 'x.pcap', 'x.pcapng', 'y.pcap' | ForEach-Object { [Convert]::ToHexString([IO.File]::ReadAllBytes((Join-Path $TestDrive $_))[0..3]) }
        $magic | Should -Be '4D3CB2A1', '0A0D0D0A', '0A0D0D0A'
    }

    It 'writes TZSP packets with their radio facts' {
        ConvertFrom-TzspPacket (ConvertTo-TestTzsp (New-TestBeacon) -Signal -42) | Export-KismetCapture TestDrive:/t.pcapng
        $frame = Import-KismetCapture TestDrive:/t.pcapng -Emit Frame
        $frame.SignalDbm | Should -Be -42
        $frame.Ssid | Should -Be lab
    }

    It 'records a session until a bound is reached' {
        $listener = Start-TzspListener -Port 0
        $load = Start-TestLoad -Port $listener.Port -Message @(, (ConvertTo-TestTzsp (New-TestBeacon)))
        try {
            $file = $listener | Export-KismetCapture TestDrive:/s.pcapng -Count 50 -PassThru
            $file | Should -BeOfType System.IO.FileInfo
            @(Import-KismetCapture TestDrive:/s.pcapng -Emit Frame).Count | Should -Be 50
            $listener.State | Should -Be Running
            $listener | Export-KismetCapture TestDrive:/d.pcapng -Duration 300ms
            @(Import-KismetCapture TestDrive:/d.pcapng -Emit Frame).Count | Should -BeGreaterThan 1
        }
        finally { Stop-TestLoad $load }
    }

    It 'ends a stream of frames or packets at -Count, and its source with it' {
        $file = Import-KismetCapture $office -Emit Frame | Export-KismetCapture TestDrive:/c.pcapng -Count 5 -PassThru
        @($file).Count | Should -Be 1
        @(Import-KismetCapture TestDrive:/c.pcapng -Emit Frame).Count | Should -Be 5
        $port = Get-TestPort
        $load = Start-TestLoad -Port $port -Message @(, (ConvertTo-TestTzsp (New-TestBeacon)))
        try {
            Start-TzspListener -Port $port -Emit Packet | Export-KismetCapture TestDrive:/p.pcapng -Count 5
            Get-KismetSession | Should -BeNullOrEmpty
            @(Import-KismetCapture TestDrive:/p.pcapng -Emit Frame).Count | Should -Be 5
            $clock = [Diagnostics.Stopwatch]::StartNew()
            # What is downstream still comes to its end.
            $files = Start-TzspListener -Port $port -Emit Frame | Export-KismetCapture TestDrive:/d2.pcapng -Duration 300ms -PassThru | Sort-Object Name
            $clock.Elapsed.TotalSeconds | Should -BeLessThan 30
            $files.Name | Should -Be d2.pcapng
            Get-KismetSession | Should -BeNullOrEmpty
        }
        finally { Stop-TestLoad $load }
    }

    It 'gives the file as Get-Item does, also where nothing was written to it' {
        $frame = ConvertFrom-Dot11Frame (New-TestBeacon)
        $file = $frame | Export-KismetCapture TestDrive:/i.pcapng -PassThru
        $file | Should -BeOfType System.IO.FileInfo
        $file.Mode | Should -Be (Get-Item $TestDrive/i.pcapng).Mode
        $file.PSPath | Should -Be (Get-Item $TestDrive/i.pcapng).PSPath
        $empty = @() | Export-KismetCapture TestDrive:/empty.pcapng -PassThru
        $empty.Name | Should -Be empty.pcapng
        Import-KismetCapture $empty -Emit Frame | Should -BeNullOrEmpty
        ($frame | Export-KismetCapture 'TestDrive:/.hidden[1].pcapng' -PassThru).Name | Should -Be '.hidden[1].pcapng'
    }

    It 'rolls by size and keeps the last files' {
        $frame = ConvertFrom-Dot11Frame (New-TestBeacon)
        $files = 1..200 | ForEach-Object { $frame } | Export-KismetCapture TestDrive:/roll.pcapng -MaxFileSize 4KB -MaxFile 3 -PassThru
        $files.Count | Should -Be 3
        @(Get-ChildItem $TestDrive -Filter roll*).Count | Should -Be 3
    }

    It 'keeps a file with -NoClobber and writes nothing under -WhatIf' {
        $frame = ConvertFrom-Dot11Frame (New-TestBeacon)
        $frame | Export-KismetCapture TestDrive:/w.pcapng -WhatIf
        Test-Path TestDrive:/w.pcapng | Should -BeFalse
        'mine' | Set-Content TestDrive:/mine.pcapng
        { $frame | Export-KismetCapture TestDrive:/mine.pcapng -NoClobber } | Should -Throw -ErrorId 'FileExists,KismetPS.PowerShell.Commands.ExportKismetCaptureCommand'
        Get-Content TestDrive:/mine.pcapng | Should -Be mine
    }

    It 'reports what cannot be written, and a folder that is not there' {
        $frame = ConvertFrom-Dot11Frame (New-TestBeacon)
        'text', $frame | Export-KismetCapture TestDrive:/e.pcapng -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed.FullyQualifiedErrorId | Should -Be 'ArgumentInvalid,KismetPS.PowerShell.Commands.ExportKismetCaptureCommand'
        @(Import-KismetCapture TestDrive:/e.pcapng -Emit Frame).Count | Should -Be 1
        { $frame | Export-KismetCapture TestDrive:/no/folder/x.pcapng } | Should -Throw -ErrorId 'FileNotWritable,*'
        { $frame | Export-KismetCapture function:/x } | Should -Throw -ErrorId 'PathNotFileSystem,*'
    }

    It 'reports a session that has ended' {
        $listener = Start-TzspListener -Port 0
        Stop-TzspListener $listener
        { $listener | Export-KismetCapture TestDrive:/z.pcapng } | Should -Throw -ErrorId 'SessionNotFound,*'
    }
}
