BeforeDiscovery {
    $captures = if ($env:KISMETPS_CAPTURES) { $env:KISMETPS_CAPTURES } else { Join-Path $PSScriptRoot '../../../shared/captures' }
    $hasCaptures = Test-Path $captures
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $samples = Join-Path $PSScriptRoot '../../samples' | Resolve-Path
    $office = Join-Path $samples office.pcapng
    $captures = if ($env:KISMETPS_CAPTURES) { $env:KISMETPS_CAPTURES } else { Join-Path $PSScriptRoot '../../../shared/captures' }
}

Describe 'Import-KismetCapture' {
    It 'refuses a list of kinds instead of taking one of them' {
        { Import-KismetCapture (Join-Path $PSScriptRoot '../../samples/office.pcapng') -Emit Device, Alert } | Should -Throw -ErrorId 'CannotConvertArgumentNoMessage,*'
    }

    It 'gives the devices of a file at its end, once each' {
        $devices = Import-KismetCapture $office
        $devices | Should -BeOfType KismetPS.Tracking.KismetDevice
        $devices.Count | Should -BeGreaterThan 20
        ($devices.MacAddress | Select-Object -Unique).Count | Should -Be $devices.Count
        Get-KismetSession | Should -BeNullOrEmpty
    }

    It 'works in the pipeline of the README' {
        $strongest = Import-KismetCapture (Join-Path $samples *.pcap*) | Sort-Object SignalDbm -Descending | Select-Object -First 10
        $strongest.Count | Should -Be 10
        $strongest[0].SignalDbm | Should -BeGreaterOrEqual $strongest[9].SignalDbm
    }

    It 'emits <emit>' -TestCases @(
        @{ emit = 'Network'; type = 'KismetPS.Tracking.KismetNetwork' }
        @{ emit = 'Frame'; type = 'KismetPS.Tracking.KismetFrame' }
        @{ emit = 'Alert'; type = 'KismetPS.Tracking.KismetAlert' }
    ) {
        $objects = @(Import-KismetCapture $office -Emit $emit)
        $objects.Count | Should -BeGreaterThan 0
        $objects | Should -BeOfType $type
    }

    It 'emits TZSP packets where the capture has them, and none where not' {
        $packets = Import-KismetCapture (Join-Path $samples two-sensors.tzsp.pcap) -Emit Packet
        $packets | Should -BeOfType KismetPS.Capture.Tzsp.TzspPacket
        ($packets.DeviceName | Select-Object -Unique | Sort-Object) | Should -Be 'east wing', 'west wing'
        Import-KismetCapture $office -Emit Packet -WarningVariable warned -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        "$warned" | Should -Match 'office.pcapng.* holds no TZSP on UDP port 37008'
        Import-KismetCapture (Join-Path $samples two-sensors.tzsp.pcap) -Emit Packet -Port 5 -WarningVariable elsewhere -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        "$elsewhere" | Should -Match 'UDP port 5:'
    }

    It 'emits every frame to a slow reader' {
        $all = @(Import-KismetCapture $office -Emit Frame).Count
        @(Import-KismetCapture $office -Emit Frame | ForEach-Object { if (++$n % 200 -eq 0) { Start-Sleep -Milliseconds 5 }; 1 }).Count | Should -Be $all
    }

    It 'takes wildcards, several paths, files from the pipeline and literal names' {
        Copy-Item $office (Join-Path $TestDrive 'a[1].pcapng')
        $count = @(Import-KismetCapture $office).Count
        @(Import-KismetCapture -LiteralPath (Join-Path $TestDrive 'a[1].pcapng')).Count | Should -Be $count
        @(Get-ChildItem $TestDrive -Filter *.pcapng | Import-KismetCapture).Count | Should -Be $count
        @(Import-KismetCapture $office, $office).Count | Should -Be (2 * $count)
        @($office | Import-KismetCapture).Count | Should -Be $count
    }

    It 'follows the location of the shell, not of the process' {
        Push-Location $samples
        try { @(Import-KismetCapture ./office.pcapng).Count | Should -BeGreaterThan 20 } finally { Pop-Location }
    }

    It 'reads what is before the damage and warns once, with the offset' {
        $bytes = [IO.File]::ReadAllBytes($office)
        $cut = Join-Path $TestDrive cut.pcapng
        [IO.File]::WriteAllBytes($cut, $bytes[0..($bytes.Length / 2)])
        $devices = @(Import-KismetCapture $cut -WarningVariable warning -WarningAction SilentlyContinue)
        $devices.Count | Should -BeGreaterThan 5
        @($warning).Count | Should -Be 1
        "$warning" | Should -Match '\d{3,}'
    }

    It 'reads gzip' {
        $packed = Join-Path $TestDrive office.pcapng.gz
        $target = [IO.File]::Create($packed)
        $gzip = [IO.Compression.GZipStream]::new($target, [IO.Compression.CompressionMode]::Compress)
        $source = [IO.File]::OpenRead($office)
        $source.CopyTo($gzip)
        $source.Dispose(); $gzip.Dispose(); $target.Dispose()
        @(Import-KismetCapture $packed).Count | Should -Be @(Import-KismetCapture $office).Count
    }

    It 'replays at a speed' {
        # Eight seconds of recording.
        $best = Measure-TestBest { $null = Import-KismetCapture (Join-Path $samples two-sensors.tzsp.pcap) -Speed x8 } -Limit 4000 -Most 5
        $best | Should -BeGreaterThan 700
        $best | Should -BeLessThan 4000
        (Get-TestCompletion 'Import-KismetCapture x -Speed R').CompletionText | Should -Be RealTime
    }

    It 'ends with Select-Object -First and leaves no session' {
        Import-KismetCapture $office -Emit Frame -Speed RealTime | Select-Object -First 3 | Should -BeOfType KismetPS.Tracking.KismetFrame
        Get-KismetSession | Should -BeNullOrEmpty
    }

    It 'stops within 500 ms (<emit>)' -TestCases @{ emit = 'Device' }, @{ emit = 'Frame' } {
        Measure-TestStop "Import-KismetCapture '$office' -Speed RealTime -Emit $emit" { $true } -Settle 1000 | Should -BeLessThan 500
    }

    Context 'errors' {
        It 'ends with the error of a file that was named' {
            { Import-KismetCapture (Join-Path $TestDrive none.pcapng) } | Should -Throw -ErrorId 'FileNotFound,KismetPS.PowerShell.Commands.ImportKismetCaptureCommand'
            { Import-KismetCapture "$TestDrive/none*.pcap" -ErrorAction Stop } | Should -Throw -ErrorId 'FileNotFound,*'
            { Import-KismetCapture (Join-Path $samples README.md) } | Should -Throw -ErrorId 'CaptureFormatUnknown,*'
            { Import-KismetCapture env:/PATH } | Should -Throw -ErrorId 'PathNotFileSystem,*'
        }

        It 'goes on after one of many' {
            $text = Join-Path $TestDrive text.pcapng
            'no capture' | Set-Content $text
            $devices = Import-KismetCapture $text, $office -ErrorAction SilentlyContinue -ErrorVariable failed
            @($devices).Count | Should -BeGreaterThan 20
            $failed.FullyQualifiedErrorId | Should -Be 'CaptureFormatUnknown,KismetPS.PowerShell.Commands.ImportKismetCaptureCommand'
            $failed.TargetObject | Should -Be $text
        }
    }

    Context 'captures of others' -Skip:(-not $hasCaptures) {
        It 'reads every one without an error' {
            $files = Get-ChildItem $captures -Recurse -Include *.pcap, *.pcapng, *.cap
            $files.Count | Should -BeGreaterThan 0
            foreach ($file in $files) { { Import-KismetCapture -LiteralPath $file.FullName -WarningAction SilentlyContinue -ErrorAction Stop } | Should -Not -Throw -Because $file.Name }
        }
    }
}
