# The scripts of samples/automation, run as a scheduler or a service manager runs them.

BeforeDiscovery {
    $scripts = Get-ChildItem $PSScriptRoot/../../samples -Recurse -Include *.ps1, *.psd1 | ForEach-Object { @{ Name = $_.Name; File = $_.FullName } }
    $units = Get-ChildItem $PSScriptRoot/../../samples/automation/kismetps-* | ForEach-Object { @{ Name = $_.Name; File = $_.FullName } }
    $noSystemd = -not (Get-Command systemd-analyze -ErrorAction Ignore)
    $noAnalyzer = -not (Get-Module -ListAvailable PSScriptAnalyzer)
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $samples = Resolve-Path (Join-Path $PSScriptRoot ../../samples)
    $automation = Join-Path $samples automation
    $office = Join-Path $samples office.pcapng
    $pwsh = (Get-Process -Id $PID).Path
    # The scripts import KismetPS by name.
    $modules = Split-Path (Resolve-Path $ModulePath)
    $oldModulePath = $env:PSModulePath
    $env:PSModulePath = $modules + [IO.Path]::PathSeparator + $env:PSModulePath

    function Send-TestOffice([int] $Port) { Send-TzspPacket 127.0.0.1 $Port -Path (Join-Path $samples two-sensors.tzsp.pcap) -Rate 1000 }
}

AfterAll {
    $env:PSModulePath = $oldModulePath
    Stop-TestSession
}

Describe 'Scripts' {
    It 'parse: <Name>' -TestCases $scripts {
        $failures = $null
        $null = [Management.Automation.Language.Parser]::ParseFile($File, [ref] $null, [ref] $failures)
        $failures | Should -BeNullOrEmpty
    }

    It 'have no findings of PSScriptAnalyzer' -Skip:$noAnalyzer {
        Invoke-ScriptAnalyzer -Path $samples -Recurse | Out-String | Should -BeNullOrEmpty
    }

    It 'say on other systems that they are for Windows: <_>' -Skip:$IsWindows -TestCases Register-SurveyTask.ps1, Install-CollectorService.ps1 {
        { & (Join-Path $automation $_) -OutputPath TestDrive:/x } | Should -Throw '*Windows*'
    }
}

Describe 'systemd units' {
    It 'are without complaint: <Name>' -Skip:$noSystemd -TestCases $units {
        # The same, with paths of this machine.
        $folder = Join-Path $TestDrive units
        $null = New-Item -ItemType Directory $folder -Force
        foreach ($unit in Get-ChildItem $automation/kismetps-*) {
            (Get-Content $unit.FullName) -replace '/usr/bin/pwsh', $pwsh | Set-Content (Join-Path $folder $unit.Name)
        }
        $output = systemd-analyze verify --man=no (Join-Path $folder $Name) 2>&1 | Where-Object { $_ -match [regex]::Escape($Name) }
        $output | Out-String | Should -BeNullOrEmpty
    }

    It 'name scripts and parameters that there are' -TestCases $units {
        foreach ($line in (Get-Content $File) -match '^ExecStart=') {
            $line -match '-File \S*/(?<script>[\w-]+\.ps1) (?<arguments>.*)' | Should -BeTrue
            $command = Get-Command (Join-Path $automation $Matches.script)
            foreach ($parameter in [regex]::Matches(" $($Matches.arguments)", '(?<= )-([A-Za-z]+)').ForEach({ $_.Groups[1].Value })) { $command.Parameters.Keys | Should -Contain $parameter }
        }
    }
}

Describe 'Radio policy' {
    It 'fails on the office of the samples, rule by rule' {
        $report = Join-Path $TestDrive policy.xml
        $output = & $pwsh -NoProfile -NonInteractive -File (Join-Path $automation Invoke-RadioPolicy.ps1) -Path $office -ReportPath $report
        $code = $LASTEXITCODE
        $cases = ([xml] (Get-Content $report -Raw)).SelectNodes('//testcase')
        $failed = $cases | Where-Object { $_.SelectSingleNode('failure') }
        $code | Should -Be @($failed).Count -Because ($output -join "`n")
        ($failed.name -join '; ') | Should -Be (@(
                'Radio policy.finds no stranger under a name of ours'
                'Radio policy.finds no open network that is not known'
                'Radio policy.has no alert that the policy names') -join '; ')
        "$($failed.failure.message)" | Should -Match '02:BA:D0:00:00:01 HF-Guest'
    }

    It 'holds where the policy allows what there is' {
        $policy = Join-Path $TestDrive policy.psd1
        @'
@{
    Ours        = @(@{ Ssid = 'HF-Office'; Bssid = @('D8:C7:C8:4A:*') })
    Forbidden   = @('Open', 'Wep', 'Wpa')
    OpenAllowed = @('*')
    Alerts      = @('KrackAttack')
    Fewest      = 3
}
'@ | Set-Content $policy
        $output = & $pwsh -NoProfile -NonInteractive -File (Join-Path $automation Invoke-RadioPolicy.ps1) -Path $office -PolicyPath $policy
        $LASTEXITCODE | Should -Be 0 -Because ($output -join "`n")
    }

    It 'fails where nothing is heard' {
        $output = & $pwsh -NoProfile -NonInteractive -File (Join-Path $automation Invoke-RadioPolicy.ps1) -Port (Get-TestPort) -Duration 200ms
        $LASTEXITCODE | Should -Be 2 -Because ($output -join "`n")
    }
}

Describe 'Survey' {
    It 'writes networks and alerts, names from the air made safe' {
        $folder = Join-Path $TestDrive survey
        & $pwsh -NoProfile -NonInteractive -File (Join-Path $automation site-survey.ps1) -OutputPath $folder -Path $office
        $LASTEXITCODE | Should -Be 0
        $networks = Import-Csv (Get-ChildItem $folder/networks-*.csv).FullName
        $networks.Count | Should -Be @(Import-KismetCapture $office -Emit Network).Count
        $networks.Ssid | Where-Object { $_ -match '^[=+@-]' } | Should -BeNullOrEmpty
        @(Import-Csv (Get-ChildItem $folder/alerts-*.csv).FullName).Count | Should -BeGreaterThan 0
    }

    It 'listens, and says with its exit code that nothing was heard' {
        & $pwsh -NoProfile -NonInteractive -File (Join-Path $automation site-survey.ps1) -OutputPath (Join-Path $TestDrive silent) -Port (Get-TestPort) -Sensor '127.0.0.1,10.0.0.0/8' -Duration 300ms 3>$null
        $LASTEXITCODE | Should -Be 2
    }
}

Describe 'Collector' {
    It 'writes devices, health and alerts, and ends when it is asked to' {
        $folder = Join-Path $TestDrive collected
        $stop = Join-Path $TestDrive stop
        $port = Get-TestPort
        $process = [Diagnostics.Process]::Start($pwsh, [string[]] @('-NoProfile', '-NonInteractive', '-File', (Join-Path $automation collector.ps1), '-OutputPath', $folder, '-Port', $port, '-Interval', 1, '-StopFile', $stop))
        try {
            # Its first line of health: from now on alerts are written too.
            Wait-TestUntil { Test-Path $folder/health.jsonl } -Timeout 120 | Should -BeTrue
            # Sent again where some of it was lost. The last line of a file that grows may be half written.
            $written = { try { (Test-Path $folder/devices.json) -and (Test-Path $folder/alerts.jsonl) -and (Get-Content $folder/health.jsonl -Tail 1 | ConvertFrom-Json).Received -gt 100 } catch { $false } }
            for ($try = 0; $try -lt 4; $try++) {
                Send-TestOffice $port
                if (Wait-TestUntil $written -Timeout 20) { break }
            }
            foreach ($name in 'alerts.jsonl', 'devices.json', 'health.jsonl') { Join-Path $folder $name | Should -Exist }
            & $written | Should -BeTrue
            $null = New-Item $stop
            $process.WaitForExit(60000) | Should -BeTrue
            $process.ExitCode | Should -Be 0
            Test-Path $stop | Should -BeFalse
            @(Import-KismetDevice $folder/devices.json).Count | Should -BeGreaterThan 5
            (Get-Content $folder/alerts.jsonl -Tail 1 | ConvertFrom-Json).Type | Should -Not -BeNullOrEmpty
        }
        finally { if (-not $process.HasExited) { $process.Kill() } }
    }

    It 'fails where its port is taken, so that it is started again' {
        $listener = Start-TzspListener -Port 0
        & $pwsh -NoProfile -NonInteractive -File (Join-Path $automation collector.ps1) -OutputPath (Join-Path $TestDrive taken) -Port $listener.Port *>$null
        $LASTEXITCODE | Should -Be 1
        Stop-TestSession
    }

    It 'is started, started again and stopped by the wrapper of the Windows service' {
        # The service manager and ServiceBase are of Windows: here its shape stands in, so that the sources compile; the process they manage is real.
        $shape = Join-Path $TestDrive ServiceBase.cs
        'namespace System.ServiceProcess { public class ServiceBase { public string ServiceName { get; set; } public bool CanShutdown { get; set; } public static void Run(ServiceBase s) { } protected void RequestAdditionalTime(int ms) { } protected virtual void OnStart(string[] args) { } protected virtual void OnStop() { } protected virtual void OnShutdown() { } } }' |
            Set-Content $shape
        Add-Type -Path (Join-Path $automation CollectorProcess.cs), (Join-Path $automation CollectorService.cs), $shape -CompilerOptions '-langversion:5'
        $folder = Join-Path $TestDrive served
        $stop = Join-Path $TestDrive wrapped
        $port = Get-TestPort
        $wrapper = [CollectorProcess]::new($pwsh, "-NoProfile -NonInteractive -File `"$(Join-Path $automation collector.ps1)`" -OutputPath `"$folder`" -Port $port -StopFile `"$stop`"", $stop, [timespan]::FromSeconds(1))
        try {
            $wrapper.Start()
            Wait-TestUntil { Test-TestPort $port } -Timeout 120 | Should -BeTrue
            $wrapper.Stop([timespan]::FromSeconds(120))
            Test-TestPort $port | Should -BeFalse
            $wrapper.ExitCode | Should -Be 0
            $wrapper.Starts | Should -Be 1
        }
        finally { $wrapper.Dispose() }

        $failing = [CollectorProcess]::new($pwsh, '-NoProfile -Command exit 3', $stop, [timespan]::FromMilliseconds(50))
        try {
            $failing.Start()
            Wait-TestUntil { $failing.Starts -ge 2 } -Timeout 120 | Should -BeTrue
            $failing.Stop([timespan]::FromSeconds(60))
            $failing.ExitCode | Should -Be 3
        }
        finally { $failing.Dispose() }
    }
}

Describe 'SIEM feed' {
    It 'sends devices and alerts as CEF' {
        $server = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $server.Start()
        $port = Get-TestPort
        $spool = Join-Path $TestDrive spool
        $process = [Diagnostics.Process]::Start($pwsh, [string[]] @('-NoProfile', '-NonInteractive', '-File', (Join-Path $automation siem-feed.ps1), '-ComputerName', '127.0.0.1', '-CollectorPort', $server.LocalEndpoint.Port, '-Protocol', 'Tcp', '-SpoolPath', $spool, '-Port', $port, '-Duration', '8s'))
        try {
            Wait-TestUntil { Test-TestPort $port } -Timeout 120 | Should -BeTrue
            $accepted = $server.AcceptTcpClientAsync()
            # Twice, since a datagram may be lost.
            Send-TestOffice $port
            Send-TestOffice $port
            $accepted.Wait(60000) | Should -BeTrue
            # To the end of the connection.
            $text = [IO.StreamReader]::new($accepted.Result.GetStream()).ReadToEndAsync()
            $text.Wait(60000) | Should -BeTrue
            # As a collector does: the sender waits for it, to know that all was read.
            $accepted.Result.Close()
            $process.WaitForExit(60000) | Should -BeTrue
            $process.ExitCode | Should -Be 0
            $text.Result | Should -Match 'CEF:0\|'
            $text.Result | Should -Match 'SsidSpoof'
            @($text.Result -split 'CEF:0\|').Count | Should -BeGreaterThan 10
        }
        finally {
            $server.Stop()
            if (-not $process.HasExited) { $process.Kill() }
        }
    }
}
