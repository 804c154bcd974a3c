<#
.SYNOPSIS
What a scheduled task does for a month, in minutes: memory, handles and threads of the process, a line a round, and what they come to.
.DESCRIPTION
One process listens, serves, exports over TCP with a spool and over UDP, records with rolling files, follows its own server as a client does, takes events and
starts and stops what a script starts and stops. Another plays its peers: sensors that come and go with ever new addresses, 200 frames a second; clients that
come, read and go, half of them by a reset; a receiver that is there for some seconds and away for others. Devices are forgotten after 15 seconds and the
table holds 2,000, so that after a minute everything that has a bound has met it. Growth is told by the second half of the time: the least heap, resident
memory, handles and threads of its first third against those of its last.
.PARAMETER ModulePath
The module, as build.proj stages it.
.PARAMETER Minutes
How long.
.PARAMETER Port
First of four UDP and TCP ports on the loopback; better none of those that the system gives to clients.
.PARAMETER Peers
Plays the peers; the script calls itself with it.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $ModulePath,

    [double] $Minutes = 20,

    [int] $Port = 29300,

    [switch] $Peers
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$WarningPreference = 'SilentlyContinue'
$end = [DateTime]::UtcNow.AddMinutes($Minutes)

if ($Peers) {
    # A beacon, a probe request, a data frame: 802.11 behind a TZSP header without tags; every address but the access point's is a new one.
    $sensor = Start-ThreadJob -ThrottleLimit 8 -ArgumentList $Port, $end {
        param($port, $end)
        $random = [Random]::new(5)
        $header = [byte[]] (1, 0, 0, 0x12, 1)
        $all = [byte[]] (@(255) * 6)
        while ([DateTime]::UtcNow -lt $end) {
            $socket = [Net.Sockets.UdpClient]::new()
            for ($turn = 0; $turn -lt 300 -and [DateTime]::UtcNow -lt $end; $turn++) {
                foreach ($i in 1..20) {
                    $new = [byte[]]::new(6)
                    $random.NextBytes($new)
                    $new[0] = 0x3C
                    $ap = [byte[]] (0, 0x0C, 0x42, 0, ($turn -shr 6), ($i -band 7))
                    $name = [Text.Encoding]::ASCII.GetBytes("net-$($random.Next(1000))")
                    $frame = if ($i % 3 -eq 0) { @(0x80, 0, 0, 0) + $all + $ap + $ap + @(0, 0) + [byte[]]::new(8) + @(100, 0, 1, 4, 0, $name.Length) + $name + @(3, 1, 6) }
                    elseif ($i % 3 -eq 1) { @(0x40, 0, 0, 0) + $all + $new + $all + @(0, 0, 0, $name.Length) + $name }
                    else { @(8, 1, 0, 0) + $ap + $new + $ap + @(0, 0, 0xAA, 0xAA, 3, 0, 0, 0, 8, 0) + [byte[]]::new(32) }
                    $bytes = [byte[]] ($header + $frame)
                    try { $null = $socket.Send($bytes, $bytes.Length, '127.0.0.1', $port) } catch [Net.Sockets.SocketException] { Start-Sleep -Milliseconds 100 }
                }
                Start-Sleep -Milliseconds 100
            }
            $socket.Dispose()
            Start-Sleep -Seconds 2
        }
    }
    $client = foreach ($number in 1..4) {
        Start-ThreadJob -ArgumentList ($Port + 1), $end, $number {
            param($port, $end, $number)
            $random = [Random]::new($number)
            $buffer = [byte[]]::new(65536)
            while ([DateTime]::UtcNow -lt $end) {
                try {
                    $client = [Net.Sockets.TcpClient]::new('127.0.0.1', $port)
                    $client.ReceiveTimeout = 500
                    $stream = $client.GetStream()
                    $ask = [Text.Encoding]::ASCII.GetBytes($(if ($number % 2) { "!1 ENABLE BSSID *`n!2 ENABLE CLIENT *`n" } else { "!1 ENABLE NETWORK *`n!2 ENABLE CLIENT *`n" }))
                    $stream.Write($ask, 0, $ask.Length)
                    $until = [DateTime]::UtcNow.AddMilliseconds($random.Next(300, 4000))
                    while ([DateTime]::UtcNow -lt $until) { try { if ($stream.Read($buffer, 0, $buffer.Length) -eq 0) { break } } catch [IO.IOException] { Start-Sleep -Milliseconds 50 } }
                    if ($random.Next(2)) { $client.LingerState = [Net.Sockets.LingerOption]::new($true, 0) }
                    $client.Dispose()
                }
                catch { Start-Sleep -Seconds 1 }
            }
        }
    }
    $receiver = Start-ThreadJob -ArgumentList ($Port + 2), $end {
        param($port, $end)
        $random = [Random]::new(9)
        $buffer = [byte[]]::new(65536)
        while ([DateTime]::UtcNow -lt $end) {
            try {
                $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, $port)
                $listener.Start()
                $until = [DateTime]::UtcNow.AddSeconds($random.Next(2, 15))
                $clients = [Collections.Generic.List[Net.Sockets.TcpClient]]::new()
                while ([DateTime]::UtcNow -lt $until) {
                    while ($listener.Pending()) { $clients.Add($listener.AcceptTcpClient()) }
                    foreach ($one in $clients) { while ($one.Available) { $null = $one.GetStream().Read($buffer, 0, $buffer.Length) } }
                    Start-Sleep -Milliseconds 20
                }
                foreach ($one in $clients) {
                    if ($random.Next(2)) { $one.LingerState = [Net.Sockets.LingerOption]::new($true, 0) }
                    $one.Dispose()
                }
                $listener.Stop()
            }
            catch { Start-Sleep -Milliseconds 200 }
            Start-Sleep -Milliseconds $random.Next(4000)
        }
    }
    $null = Wait-Job (@($sensor, $receiver) + $client)
    return
}

Import-Module $ModulePath
$folder = Join-Path ([IO.Path]::GetTempPath()) "kismetps-soak-$PID"
$null = New-Item -ItemType Directory $folder
$peer = Start-Process pwsh -PassThru -ArgumentList '-NoProfile', '-NonInteractive', '-File', "`"$PSCommandPath`"", '-ModulePath', "`"$ModulePath`"", '-Minutes', $Minutes, '-Port', $Port, '-Peers'
$rows = [Collections.Generic.List[object]]::new()
try {
    $listener = Start-TzspListener $Port -Address 127.0.0.1 -DeviceTimeout 15 -MaxDevice 2000
    $null = $listener | Start-KismetServer ($Port + 1)
    $export = $listener | Export-KismetDevice -ComputerName 127.0.0.1 -Port ($Port + 2) -UpdateRate 0.5 -SpoolPath (Join-Path $folder spool) -SpoolLimit 1MB -Alert
    $null = $listener | Export-KismetDevice -ComputerName 127.0.0.1 -Port ($Port + 3) -Protocol Udp -DataFormat Simple -UpdateRate 0.5
    $null = Register-KismetEvent -Session $listener -Change Added -Type AccessPoint -Action { }
    $null = Register-KismetEvent Alert -Session $listener -SourceIdentifier Soak.Alert
    while ([DateTime]::UtcNow -lt $end) {
        $connection = Connect-KismetServer 127.0.0.1 -Port ($Port + 1) -Protocol Text -DeviceTimeout 15
        $listener | Export-KismetCapture (Join-Path $folder roll.pcapng) -MaxFileSize 64KB -MaxFile 3 -Duration 3
        Get-KismetDevice -Session $listener | Export-KismetDevice (Join-Path $folder devices.jsonl) -MaxFileSize 64KB -MaxFile 2
        Remove-Item (Join-Path $folder 'roll_*'), (Join-Path $folder 'devices_*')
        $null = Get-KismetStatistic
        Get-Event -SourceIdentifier Soak.Alert -ErrorAction Ignore | Remove-Event
        $job = Start-TzspListener 0 -Address 127.0.0.1 -AsJob
        $short = Register-KismetEvent -Session $listener -Action { }
        $again = $listener | Export-KismetDevice -ComputerName 127.0.0.1 -Port ($Port + 2) -UpdateRate 1 -Timeout 0.5
        $null = Watch-KismetDevice -Session $listener -Duration 1
        Unregister-Event $short.Name
        Stop-Job $job
        Remove-Job $job, $short -Force
        $again, $connection | Stop-KismetSession -Remove
        $Error.Clear()

        [GC]::Collect()
        [GC]::WaitForPendingFinalizers()
        [GC]::Collect()
        $process = [Diagnostics.Process]::GetCurrentProcess()
        $rows.Add([pscustomobject]@{
                Seconds = [int] ($Minutes * 60 - ($end - [DateTime]::UtcNow).TotalSeconds)
                HeapMB = [Math]::Round([GC]::GetTotalMemory($false) / 1MB, 1)
                ResidentMB = [Math]::Round($process.WorkingSet64 / 1MB, 1)
                Handles = if ($IsLinux) { [IO.Directory]::GetFiles("/proc/$PID/fd").Length } else { $process.HandleCount }
                Threads = $process.Threads.Count
                Devices = $listener.Statistics.Devices
                Frames = $listener.Statistics.Received
                Sent = $export.Statistics.Sent
                Reconnects = $export.Statistics.Reconnects
            })
        $rows[-1]
    }
}
finally {
    $clock = [Diagnostics.Stopwatch]::StartNew()
    Remove-Module KismetPS
    $removed = $clock.Elapsed.TotalMilliseconds
    if (-not $peer.HasExited) { $peer.Kill() }
    Remove-Item -LiteralPath $folder -Recurse
}

$half = @($rows | Where-Object Seconds -GT ($Minutes * 30))
if ($half.Count -ge 6) {
    $third = [Math]::Floor($half.Count / 3)
    foreach ($what in 'HeapMB', 'ResidentMB', 'Handles', 'Threads') {
        $before = ($half | Select-Object -First $third | Measure-Object $what -Minimum).Minimum
        $after = ($half | Select-Object -Last $third | Measure-Object $what -Minimum).Minimum
        '{0}: {1} in the middle, {2} at the end' -f $what, $before, $after
    }
}

'{0} rounds, {1} frames, {2} reconnects; Remove-Module took {3:0} ms' -f $rows.Count, $rows[-1].Frames, $rows[-1].Reconnects, $removed
