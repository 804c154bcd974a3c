# What has been started ends: at once on Ctrl+C, and with the module.

BeforeDiscovery {
    # Whether this machine lets us capture from its loopback: libpcap is installed and we have the rights.
    . $PSScriptRoot/Common.ps1
    $live = try { Stop-KismetSession (Start-KismetCapture lo) -Remove; $true } catch { $false }
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/CaptureServer.ps1

    # Takes connections and says nothing: whoever waits for an answer waits.
    function New-TestSilence {
        $silent = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $silent.Start(100)
        $silent
    }
}

Describe 'Ctrl+C' {
    BeforeAll {
        $silent = New-TestSilence
        $listener = Start-TzspListener -Port 0 -Name stopped
        Send-TestFrame $listener.Port @(, (New-TestBeacon))
        $null = Wait-TestUntil { @(Get-KismetDevice).Count -eq 1 }
        $office = (Resolve-Path (Join-Path $PSScriptRoot ../../samples/office.pcapng)).Path
        # What this machine takes to stop anything, which is not ours.
        $own = Measure-TestStop '$global:ready = $true; Start-Sleep 600' { $shell.Runspace.RunspaceAvailability -eq 'Busy' }
    }
    AfterAll {
        Stop-TestSession
        $silent.Stop()
    }

    It 'gives the prompt back within 500 ms: <what>' -TestCases @(
        @{ what = 'Start-TzspListener -Emit'; script = 'Start-TzspListener -Port 0 -Emit Frame' }
        @{ what = 'Watch-KismetDevice'; script = '$null = Start-TzspListener -Port 0; Watch-KismetDevice' }
        @{ what = 'Wait-KismetDevice'; script = '$null = Start-TzspListener -Port 0; Wait-KismetDevice 00:00:00:00:00:01' }
        @{ what = 'Wait-KismetSession'; script = 'Start-TzspListener -Port 0 | Wait-KismetSession' }
        @{ what = 'Import-KismetCapture'; script = 'Import-KismetCapture {office} -Speed RealTime' }
        @{ what = 'Send-TzspPacket'; script = 'Send-TzspPacket 127.0.0.1 9 -Path {office} -Rate 2' }
        @{ what = 'Export-KismetCapture of a session'; script = 'Start-TzspListener -Port 0 | Export-KismetCapture {file}' }
        @{ what = 'Export-KismetDevice -Wait'; script = 'Start-TzspListener -Port 0 | Export-KismetDevice -ComputerName 127.0.0.1 -Port {silent} -Wait' }
        @{ what = 'Export-KismetDevice of devices, to one who does not read'; script = 'Import-KismetCapture {office} | Export-KismetDevice -ComputerName 127.0.0.1 -Port {silent} -Timeout 600' }
        @{ what = 'Receive-KismetDevice'; script = 'Receive-KismetDevice -Port 0' }
        @{ what = 'Connect-KismetServer, to one who says nothing'; script = 'Connect-KismetServer 127.0.0.1 -Port {silent} -Timeout 600' }
        @{ what = 'Connect-KismetDrone -Emit'; script = 'Connect-KismetDrone 127.0.0.1 -Port {silent} -Emit Frame -Timeout 600' }
    ) {
        $text = $script -replace '\{office\}', "'$office'" -replace '\{file\}', "'$(Join-Path $TestDrive "$([guid]::NewGuid()).pcapng")'" -replace '\{silent\}', $silent.LocalEndpoint.Port
        # The shell under test is the one of Measure-TestStop, which its condition sees.
        $took = Measure-TestStop $text { $shell.InvocationStateInfo.State -eq 'Running' } -Settle 2500
        [Math]::Max(0, $took - $own) | Should -BeLessThan 500
    }
}

Describe 'Remove-Module' {
    It 'does not wait for exports that cannot deliver, and says what is left' {
        $silent = New-TestSilence
        $script = @'
param($module, $office, $port)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module $module
$listener = Start-TzspListener -Port 0
Send-TzspPacket 127.0.0.1 $listener.Port -Path $office
$exports = @(
    $listener | Export-KismetDevice -ComputerName 127.0.0.1 -Port 9 -Timeout 600 -Name nobody 3>$null
    $listener | Export-KismetDevice -ComputerName 127.0.0.1 -Port $port -Timeout 600 -Name silent)
for ($i = 0; $i -lt 600 -and ($exports.Statistics | Where-Object Received -EQ 0); $i++) { Start-Sleep -Milliseconds 100 }
$clock = [Diagnostics.Stopwatch]::StartNew()
Remove-Module KismetPS
'took {0:0} ms' -f $clock.Elapsed.TotalMilliseconds
$exports | ForEach-Object { '{0} {1}' -f $_.Name, $_.State }
'@
        $file = Join-Path $TestDrive quick.ps1
        Set-Content -LiteralPath $file $script
        $office = (Resolve-Path (Join-Path $PSScriptRoot ../../samples/two-sensors.tzsp.pcap)).Path
        # The time that StopAll gives is five seconds, which is what a session that does not end takes. The best of three: a build machine may be busy.
        $took = [int]::MaxValue
        for ($try = 0; $try -lt 3 -and $took -ge 4500; $try++) {
            $text = (pwsh -NoProfile -NonInteractive -File $file (Resolve-Path $ModulePath).Path $office $silent.LocalEndpoint.Port 2>&1) -join "`n"
            $text | Should -Match 'nobody Stopped\s+silent Stopped'
            $text | Should -Match 'nobody: (\d+) of \1 messages were not delivered to 127.0.0.1:9 .*NotDelivered'
            $text | Should -Match 'silent: (\d+) of \1 messages were not delivered to 127.0.0.1:\d+.*NotDelivered'
            $took = [int] ($text -replace '(?s).*took (\d+) ms.*', '$1')
        }
        $silent.Stop()
        $took | Should -BeLessThan 4500
    }

    It 'leaves no thread, socket or file of any kind of session (with a live capture: <live>)' -TestCases @{ live = $live } -Skip:(-not $IsLinux) {
        # A process of its own, so that all it holds can be counted.
        $script = @'
param($module, $folder, $office, $dronePort, $serverPort, $live)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module $module
function Get-Held {
    foreach ($entry in [IO.DirectoryInfo]::new("/proc/$PID/fd").GetFiles()) {
        $target = try { $entry.LinkTarget } catch { $null }
        if ($target -like 'socket:*' -or $target -like "$folder*") { $target }
    }
}
function Get-Working { Get-Content "/proc/$PID/task/*/comm" -ErrorAction Ignore | Where-Object { $_ -like 'kps-*' -or $_ -like 'Events *' } }
# The first sockets of a process bring some of the runtime's own.
$null = Start-TzspListener -Port 0 -Name warm | Stop-KismetSession -Remove -PassThru
$before = @(Get-Held)

$listener = Start-TzspListener -Port 0 -Name kps-listener -CapturePath "$folder/recorded.pcapng"
$job = Start-TzspListener -Port 0 -Name kps-job -AsJob
$server = $listener | Start-KismetServer -Port 0 -Name kps-server
$connection = Connect-KismetServer 127.0.0.1 -Port $server.Port -Name kps-connection
$drone = Connect-KismetDrone 127.0.0.1 -Port $dronePort -Name kps-drone
$receiver = Receive-KismetDevice -Port 0 -AsJob -Name kps-receiver
$export = $listener | Export-KismetDevice -ComputerName 127.0.0.1 -Port ($receiver.Location -split ':')[-1] -SpoolPath "$folder/spool" -Name kps-export 3>$null
$forward = $listener | Export-KismetCapture -ComputerName 127.0.0.1 -Port $serverPort -Name kps-forward
if ($live -eq 'True') { $capture = Start-KismetCapture lo -Name kps-capture }
Register-KismetEvent Alert -SourceIdentifier kps-event -Session $listener
$null = Register-KismetEvent Device -SourceIdentifier kps-action -Session $listener -Action { 1 }
Send-TzspPacket 127.0.0.1 $listener.Port -Path $office
# Until connections are made and files open.
for ($i = 0; $i -lt 600 -and (@(Get-Held).Count - $before.Count -lt 8 -or @(Get-Working).Count -lt 8); $i++) { Start-Sleep -Milliseconds 100 }
Start-Sleep -Seconds 2
$during = @(Get-Held)
$working = @(Get-Working)
'running: ' + ((Get-KismetSession | Where-Object State -EQ Running).Name | Join-String -Separator ' ')
'during: {0} held, {1} threads' -f ($during.Count - $before.Count), $working.Count
Remove-Module KismetPS
for ($i = 0; $i -lt 600 -and (@(Get-Held).Count -gt $before.Count -or @(Get-Working).Count -gt 0); $i++) { Start-Sleep -Milliseconds 100 }
'after: {0} held, {1} threads' -f (@(Get-Held).Count - $before.Count), @(Get-Working).Count
'left: ' + (@(Get-Held) + @(Get-Working) | Join-String -Separator ' ')
'@
        $file = Join-Path $TestDrive held.ps1
        Set-Content -LiteralPath $file $script
        $folder = Join-Path $TestDrive held
        $null = New-Item -ItemType Directory $folder
        $office = (Resolve-Path (Join-Path $PSScriptRoot ../../samples/two-sensors.tzsp.pcap)).Path
        # A drone of 2016 that greets and goes on listening.
        $drone = New-TestSilence
        $text = { param($t) $bytes = [byte[]]::new(32); [Text.Encoding]::ASCII.GetBytes($t).CopyTo($bytes, 0); $bytes }
        $hello = [byte[]] (@(0xDE, 0xAD, 0xBE, 0xEF, 0, 0, 0, 1, 0, 0, 0, 68, 0, 0, 0, 1) + (& $text '2016-07-R1') + (& $text 'attic'))
        $answering = Start-ThreadJob -ArgumentList $drone, $hello { param($drone, $hello) while ($true) { $c = $drone.AcceptTcpClient(); $c.GetStream().Write($hello, 0, $hello.Length); $c } }
        $server = [TestCaptureServer]::new([NullString]::Value, $false)
        $output = pwsh -NoProfile -NonInteractive -File $file (Resolve-Path $ModulePath).Path $folder $office $drone.LocalEndpoint.Port $server.Port $live 2>&1
        $drone.Stop()
        $server.Dispose()
        Remove-Job $answering -Force
        $text = $output -join "`n"
        foreach ($name in @('listener', 'job', 'server', 'connection', 'drone', 'receiver', 'export', 'forward') + @(if ($live) { 'capture' })) { $text | Should -Match "running: .*kps-$name" }
        $text | Should -Match 'during: ([8-9]|\d\d+) held, ([8-9]|\d\d+) threads'
        $text | Should -Match 'after: (0|-\d+) held, 0 threads'
    }
}
