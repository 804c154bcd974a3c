BeforeAll { . $PSScriptRoot/Common.ps1 }

Describe 'The module' {
    It 'has a manifest without complaint' {
        $manifest = Test-ModuleManifest (Join-Path $ModulePath KismetPS.psd1) -ErrorAction Stop -WarningVariable warning
        $warning | Should -BeNullOrEmpty
        $manifest.ExportedCmdlets.Count | Should -Be (Get-Command -Module KismetPS).Count
    }

    It 'imports without a warning in a new shell, and quickly' {
        # Processor time, which does not depend on what else the machine does; on an idle one that is the time a user waits.
        $script = "`$w = `$null; `$p = [Diagnostics.Process]::GetCurrentProcess(); `$t = `$p.TotalProcessorTime; Import-Module '$ModulePath' -WarningVariable w; `$p.Refresh(); '{0};{1}' -f @(`$w).Count, [int] (`$p.TotalProcessorTime - `$t).TotalMilliseconds"
        $best = [int]::MaxValue
        for ($try = 0; $try -lt 5 -and $best -ge 600; $try++) {
            $warnings, $took = (pwsh -NoProfile -NonInteractive -Command $script) -split ';'
            $warnings | Should -Be 0
            $best = [Math]::Min($best, [int] $took)
        }
        $best | Should -BeLessThan 600
    }

    It 'knows its commands before it is imported' {
        $folder = Split-Path (Resolve-Path $ModulePath)
        $output = pwsh -NoProfile -NonInteractive -Command "`$env:PSModulePath = '$folder' + [IO.Path]::PathSeparator + `$env:PSModulePath; (Resolve-KismetVendor 00:00:0C:00:00:01).Kind"
        $output | Should -Be Registered
    }

    It 'has no alias, function or variable' {
        $module = Get-Module KismetPS
        $module.ExportedAliases.Count + $module.ExportedFunctions.Count + $module.ExportedVariables.Count | Should -Be 0
    }

    It 'ships no assembly of others' {
        Get-ChildItem $ModulePath -Recurse -Filter *.dll | Where-Object Name -notlike 'KismetPS*.dll' | Should -BeNullOrEmpty
    }
}

Describe 'Errors' {
    It 'have a category for every id of the catalogue' {
        $assembly = [KismetPS.PowerShell.Commands.KismetCmdlet].Assembly
        $category = $assembly.GetType('KismetPS.PowerShell.Errors.ErrorRecords').GetMethod('Category')
        foreach ($id in [Enum]::GetValues([KismetPS.Capture.KismetErrorId])) { $category.Invoke($null, @($id)) | Should -Not -Be NotSpecified -Because $id }
    }
}

Describe 'Progress' {
    It 'is shown for long work, with the time left, and taken away at the end' {
        $shell = New-TestShell
        try {
            $sample = Join-Path $PSScriptRoot '../../samples/two-sensors.tzsp.pcap'
            $null = $shell.AddScript("Import-KismetCapture '$sample' -Speed x2").Invoke()
            $records = @($shell.Streams.Progress)
            $records.Count | Should -BeGreaterThan 3
            $records[-1].RecordType | Should -Be Completed
            $shown = $records | Where-Object RecordType -eq Processing
            $shown.PercentComplete | Should -Be ($shown.PercentComplete | Sort-Object)
            $shown[-1].SecondsRemaining | Should -BeGreaterOrEqual 0
            $shown[-1].StatusDescription | Should -Match 'per second'
        }
        finally { Remove-TestShell $shell }
    }

    It 'is shown for what is bounded, with the time left: <what>' -TestCases @(
        @{ what = 'a stream'; script = 'Start-TzspListener -Port 0 -Emit Device -Duration 3' }
        @{ what = 'a watch'; script = '$null = Start-TzspListener -Port 0; Watch-KismetDevice -Duration 3' }
        @{ what = 'a wait for a device'; script = '$null = Start-TzspListener -Port 0; Wait-KismetDevice 00:00:00:00:00:01 -Timeout 3' }
        @{ what = 'a wait for a session'; script = 'Start-TzspListener -Port 0 | Wait-KismetSession -Timeout 3' }
        @{ what = 'a recording'; script = 'Start-TzspListener -Port 0 | Export-KismetCapture {0} -Duration 3' }
        @{ what = 'a replay'; script = 'Send-TzspPacket 127.0.0.1 9 -Path {1} -Rate 120 -WarningAction Ignore' }
        @{ what = 'a delivery'; script = '$t = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0); $t.Start(); Import-KismetCapture {1} | Export-KismetDevice -ComputerName 127.0.0.1 -Port $t.LocalEndpoint.Port -Timeout 3' }
    ) {
        $shell = New-TestShell
        try {
            $sample = Join-Path $PSScriptRoot '../../samples/two-sensors.tzsp.pcap'
            $null = $shell.AddScript(($script -replace '\{0\}', "'$(Join-Path $TestDrive progress.pcapng)'" -replace '\{1\}', "'$sample'")).Invoke()
            $shown = @($shell.Streams.Progress | Where-Object RecordType -EQ Processing)
            $shown.Count | Should -BeGreaterThan 0 -Because "$($shell.Streams.Error)"
            $shown[-1].StatusDescription | Should -Match 'per second'
            $shell.Streams.Progress[-1].RecordType | Should -Be Completed
        }
        finally { Remove-TestShell $shell }
    }

    It 'is not shown where there is nothing to show, or nobody wants it: <what>' -TestCases @(
        @{ what = 'an endless stream'; script = 'Start-TzspListener -Port 0 -Emit Device -IdleTimeout 1.5' }
        @{ what = 'an endless watch'; script = '$null = Start-TzspListener -Port 0; Watch-KismetDevice -IdleTimeout 1.5' }
        @{ what = 'what is over in a moment'; script = 'Import-KismetCapture {1}' }
        @{ what = 'the preference'; script = '$ProgressPreference = "SilentlyContinue"; Start-TzspListener -Port 0 -Emit Device -Duration 2' }
    ) {
        $shell = New-TestShell
        try {
            $sample = Join-Path $PSScriptRoot '../../samples/two-sensors.tzsp.pcap'
            $null = $shell.AddScript(($script -replace '\{1\}', "'$sample'")).Invoke()
            # A moment is one when it is warm, and not at once on a busy machine.
            for ($try = 0; $what -eq 'what is over in a moment' -and $shell.Streams.Progress.Count -gt 0 -and $try -lt 10; $try++) {
                $shell.Streams.Progress.Clear()
                $null = $shell.Invoke()
            }
            $shell.Streams.Progress.Count | Should -Be 0
        }
        finally { Remove-TestShell $shell }
    }
}

Describe 'Runspaces' {
    It 'have sessions of their own and work at once' {
        $shells = 1..2 | ForEach-Object { New-TestShell }
        try {
            $ports = 1..2 | ForEach-Object { Get-TestPort }
            $results = 0..1 | ForEach-Object { $shells[$_].AddScript("Start-TzspListener -Port $($ports[$_]) -Name same -Emit Device -Count 3 -Duration 60 -UpdateInterval 50ms").BeginInvoke() }
            foreach ($port in $ports) { Wait-TestUntil { Test-TestPort $port } | Should -BeTrue }
            foreach ($i in 0..1) { Send-TestFrame $ports[$i] @(0..2 | ForEach-Object { , (New-TestProbe -Client ('3C:5A:B4:00:0{0}:0{1}' -f $i, $_)) }) }
            foreach ($i in 0..1) {
                $devices = $shells[$i].EndInvoke($results[$i])
                $devices.Count | Should -Be 3
                $devices.MacAddress | ForEach-Object { $_ | Should -BeLike "3C:5A:B4:00:0${i}:*" }
            }
            Get-KismetSession | Should -BeNullOrEmpty
        }
        finally { $shells | ForEach-Object { Remove-TestShell $_ } }
    }

    It 'release their ports when they close' {
        $shell = New-TestShell
        $port = Get-TestPort
        $null = $shell.AddScript("Start-TzspListener -Port $port").Invoke()
        Test-TestPort $port | Should -BeTrue
        Remove-TestShell $shell
        Test-TestPort $port | Should -BeFalse
    }

    It 'release their ports on Remove-Module, jobs and captures too' {
        $shell = New-TestShell
        try {
            $ports = 1..2 | ForEach-Object { Get-TestPort }
            $capture = Join-Path $TestDrive removed.pcapng
            $null = $shell.AddScript("Start-TzspListener -Port $($ports[0]) -Name kps-gone1 -CapturePath '$capture'; Start-TzspListener -Port $($ports[1]) -Name kps-gone2 -AsJob").Invoke()
            foreach ($port in $ports) { Test-TestPort $port | Should -BeTrue }
            # The threads of the listener, the job and its session; elsewhere threads show no names.
            if ($IsLinux) { Wait-TestUntil { @(Get-TestThread kps-gone).Count -eq 3 } | Should -BeTrue }
            $shell.Commands.Clear()
            $null = $shell.AddScript('Remove-Module KismetPS -Force').Invoke()
            $shell.Streams.Error | Should -BeNullOrEmpty
            foreach ($port in $ports) { Test-TestPort $port | Should -BeFalse }
            { [IO.File]::Open($capture, 'Open', 'ReadWrite', 'None').Dispose() } | Should -Not -Throw
            Wait-TestUntil { @(Get-TestThread kps-gone).Count -eq 0 } | Should -BeTrue
        }
        finally { Remove-TestShell $shell }
    }

    It 'of ForEach-Object -Parallel work at once' {
        $path = Resolve-Path $ModulePath
        # A runspace whose turn is over before another begins would be taken again, with the session that has ended in it.
        $counts = 1..3 | ForEach-Object -ThrottleLimit 3 -UseNewRunspace -Parallel {
            Import-Module $using:path
            $listener = Start-TzspListener -Port 0
            @(Get-KismetSession).Count
            Stop-TzspListener $listener
        }
        $counts | Should -Be 1, 1, 1
    }
}

Describe 'Process exit' {
    It 'ends with the shell while a listener runs, and the capture it wrote is whole' {
        $capture = Join-Path $TestDrive exit.pcapng
        $port = Get-TestPort
        $message = [Convert]::ToHexString((ConvertTo-TestTzsp (New-TestBeacon)))
        $clock = [Diagnostics.Stopwatch]::StartNew()
        $null = pwsh -NoProfile -NonInteractive -Command "Import-Module '$ModulePath'; `$l = Start-TzspListener -Port $port -CapturePath '$capture'; '$message' | Send-TzspPacket 127.0.0.1 $port; while ((Get-KismetStatistic).Decoded -lt 1) { Start-Sleep -Milliseconds 20 }; exit"
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 60
        @(Import-KismetCapture $capture -WarningVariable warning).Count | Should -Be 1
        $warning | Should -BeNullOrEmpty
    }
}
