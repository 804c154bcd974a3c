BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/CaptureServer.ps1
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
            $listener | Export-KismetCapture TestDrive:/d.pcapng -Duration 2s
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
            $clock.Elapsed.TotalSeconds | Should -BeLessThan 60
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
        { $frame | Export-KismetCapture TestDrive:/one.pcapng -MaxFile 3 } | Should -Throw -ErrorId 'ArgumentInvalid,*'
        Test-Path TestDrive:/one.pcapng | Should -BeFalse
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

Describe 'Export-KismetCapture to a Kismet server' {
    BeforeEach {
        $server = [TestCaptureServer]::new([NullString]::Value, $false)
        $listener = Start-TzspListener -Port 0 -Name ears
    }
    AfterEach {
        Stop-TestSession
        $server.Dispose()
    }

    It 'sends what a listener hears, with its signal, in the background' {
        $export = $listener | Export-KismetCapture -ComputerName 127.0.0.1 -Port $server.Port -SourceName roof
        $export | Should -BeOfType KismetPS.Kismet.KismetCaptureExport
        $export.IsConnected | Should -BeTrue
        $export.Kind | Should -Be Export
        $export.SourceName | Should -Be roof
        $first = [Text.Encoding]::ASCII.GetString((Get-TestCaptureFrame $server 19)[0])
        $first | Should -Match 'kismetps:name=roof,type=pcapfile'
        $first | Should -Match $export.SourceUuid
        Send-TestFrame -Port $listener.Port -Frame (New-TestBeacon), (New-TestData) -Signal -47
        Wait-TestUntil { (Get-TestCaptureFrame $server 16).Count -eq 2 } | Should -BeTrue
        $sent = [Convert]::ToHexString((Get-TestCaptureFrame $server 16)[0])
        # Radiotap with a signal of -47 (D1), then the beacon.
        $sent | Should -Match "0000[0-9A-F]{4}2[0-9A-F]000000.*D1.*$([Convert]::ToHexString((New-TestBeacon)))$"
        Wait-TestUntil { $export.Statistics.Sent -eq 2 } | Should -BeTrue
        $export.Statistics.Dropped | Should -Be 0
        (Get-KismetSession $export.Name).State | Should -Be Running
        Stop-KismetSession $export
        (Get-KismetSession $export.Name).State | Should -Be Stopped
        $listener.State | Should -Be Running
        Wait-TestUntil { (Get-TestCaptureFrame $server 4).Count -eq 1 } | Should -BeTrue
    }

    It 'goes through a WebSocket with a key that is shown nowhere' {
        $web = [TestCaptureServer]::new('SECRETSECRETSECRET', $false)
        try {
            $key = [Net.NetworkCredential]::new('', 'SECRETSECRETSECRET').SecurePassword
            $out = & { $script:export = $listener | Export-KismetCapture -ComputerName 127.0.0.1 -Port $web.Port -Protocol WebSocket -ApiKey $key -Verbose -Debug } *>&1
            Send-TestFrame -Port $listener.Port -Frame @(, (New-TestBeacon))
            Wait-TestUntil { (Get-TestCaptureFrame $web 16).Count -eq 1 } | Should -BeTrue
            $text = ($out, $script:export, $script:export.Statistics | Format-List * | Out-String) + ($script:export | ConvertTo-Json -Depth 3 -WarningAction SilentlyContinue)
            $text | Should -Not -Match SECRET
            # Behind a proxy with a path; a key from an environment variable is text.
            $behind = $listener | Export-KismetCapture -Uri "http://127.0.0.1:$($web.Port)/kismet" -ApiKey SECRETSECRETSECRET
            $behind.IsConnected | Should -BeTrue
            $behind.EndPoint | Should -Be "http://127.0.0.1:$($web.Port)/kismet"
            $behind.Protocol | Should -Be WebSocket
            $bad = 'WRONGWRONGWRONG'
            $failed = { $listener | Export-KismetCapture -ComputerName 127.0.0.1 -Port $web.Port -Protocol WebSocket -ApiKey $bad } | Should -Throw -ErrorId 'AuthenticationFailed,*' -PassThru
            ($failed | Format-List * -Force | Out-String) | Should -Not -Match WRONGWRONG
        }
        finally {
            Stop-TestSession
            $web.Dispose()
        }
    }

    It 'comes back as the same source and warns once' {
        $export = $listener | Export-KismetCapture -ComputerName 127.0.0.1 -Port $server.Port -Name out
        $server.Drop()
        Wait-TestUntil { $export.Statistics.Reconnects -eq 1 } | Should -BeTrue
        $sources = Get-TestCaptureFrame $server 19
        $sources.Count | Should -Be 2
        [Convert]::ToHexString($sources[1]) | Should -Be ([Convert]::ToHexString($sources[0]))
        $null = Get-KismetSession out -WarningVariable told -WarningAction SilentlyContinue
        @($told).Count | Should -Be 1
        $told[0] | Should -Match "127.0.0.1:$($server.Port)"
        $export.Statistics.LastError | Should -Match '^Connection'
    }

    It 'waits with -Wait until the sessions have ended' {
        $shell = New-TestShell
        try {
            $null = $shell.AddScript('param($port) Start-TzspListener -Port 0 -Name inner | Export-KismetCapture -ComputerName 127.0.0.1 -Port $port -Wait').AddArgument($server.Port)
            $running = $shell.BeginInvoke()
            Wait-TestUntil { (Get-TestCaptureFrame $server 13).Count -eq 1 } | Should -BeTrue
            $running.IsCompleted | Should -BeFalse
            $shell.Stop()
            Wait-TestUntil { (Get-TestCaptureFrame $server 4).Count -eq 1 } | Should -BeTrue
        }
        finally { Remove-TestShell $shell }
    }

    It 'ends with its sessions' {
        $export = $listener | Export-KismetCapture -ComputerName 127.0.0.1 -Port $server.Port
        Stop-TzspListener $listener
        $export | Wait-KismetSession -Timeout 60
        $export.State | Should -Be Stopped
        $export.StopReason | Should -Be EndOfInput
    }

    It 'opens nothing under -WhatIf' {
        $listener | Export-KismetCapture -ComputerName 127.0.0.1 -Port $server.Port -WhatIf | Should -BeNullOrEmpty
        $server.Frames.Count | Should -Be 0
    }

    It 'says of each failure what it is and what to do' {
        { $listener | Export-KismetCapture -ComputerName 127.0.0.1 -Port 1 } | Should -Throw -ErrorId 'ConnectionRefused,*'
        $nobody = 'no-such-host.invalid'
        { $listener | Export-KismetCapture -ComputerName $nobody } | Should -Throw -ErrorId 'HostNotFound,*'
        $closing = [TestCaptureServer]::new([NullString]::Value, $true)
        try {
            $failed = { $listener | Export-KismetCapture -ComputerName 127.0.0.1 -Port $closing.Port -SourceType nonesuch } | Should -Throw -ErrorId 'SourceRefused,*' -PassThru
            $failed.ErrorDetails.RecommendedAction | Should -Match '-SourceType'
            { $listener | Export-KismetCapture -ComputerName 127.0.0.1 -Port $closing.Port -UseTls } | Should -Throw -ErrorId 'TlsFailure,*'
        }
        finally { $closing.Dispose() }
        { $listener | Export-KismetCapture -ComputerName 127.0.0.1 -Port $server.Port -NoClobber } | Should -Throw -ErrorId 'ArgumentInvalid,*'
        { $listener | Export-KismetCapture -ComputerName 127.0.0.1 -ApiKey x } | Should -Throw -ErrorId 'ArgumentInvalid,*'
        { $listener | Export-KismetCapture -Uri http://u:p@127.0.0.1/ } | Should -Throw -ErrorId 'ArgumentInvalid,*'
        { $listener | Export-KismetCapture -Uri ftp://127.0.0.1/ } | Should -Throw -ErrorId 'ArgumentInvalid,*'
        { $listener | Export-KismetCapture -ComputerName 127.0.0.1 -Timeout 0 } | Should -Throw -ErrorId 'ArgumentInvalid,*'
        'text', (Import-KismetCapture $office -Emit Frame | Select-Object -First 1) | Export-KismetCapture -ComputerName 127.0.0.1 -Port $server.Port -ErrorVariable refused -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $refused.Count | Should -Be 2
        $refused.FullyQualifiedErrorId | Should -BeLike 'ArgumentInvalid,*'
        $server.Frames.Count | Should -Be 0
    }

    It 'warns of a key that others may read before anything is sent' {
        $at = @{ ApiKey = 'SECRETSECRETSECRET'; WarningVariable = 'told'; WarningAction = 'SilentlyContinue' }
        { $listener | Export-KismetCapture -Uri http://no-such-host.invalid/kismet @at } | Should -Throw -ErrorId 'HostNotFound,*'
        try { $listener | Export-KismetCapture -Uri http://no-such-host.invalid/kismet @at } catch { $null = $_ }
        $told | Should -Match 'clear text'
        try { $listener | Export-KismetCapture -Uri https://no-such-host.invalid/kismet @at } catch { $null = $_ }
        $told | Should -BeNullOrEmpty
    }

    It 'completes -SourceType' {
        (Get-TestCompletion 'Export-KismetCapture -ComputerName x -SourceType p').CompletionText | Should -Be pcapfile
    }

    It 'is seen as other sessions are' {
        $export = $listener | Export-KismetCapture -ComputerName 127.0.0.1 -Port $server.Port -Name feed
        $export | Out-String | Should -Match 'feed\s+Export\s+Running'
        $export.Statistics | Should -BeOfType KismetPS.Kismet.KismetCaptureExportStatistic
    }
}
