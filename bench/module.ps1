<#
.SYNOPSIS
Measures what a user of the module waits for: import, first object, tab completion with many devices. Prints rows for docs/performance.md.
.DESCRIPTION
Run by bench/run --module. Import and first object are those of new shells, from the first statement on; what pwsh itself needs to start is told beside
them. Completion is TabExpansion2, all of it, with so many access points live, of sixteen makers, each with a name of its own; the first call, which
compiles, is left out. Processor time is of the whole process, a call on the average: what a machine with nothing else to do would take.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $ModulePath,

    [int] $Rounds = 5,

    [int] $Devices = 100000
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$sample = (Resolve-Path (Join-Path $PSScriptRoot ../samples/two-sensors.tzsp.pcap)).Path

function Get-Median([double[]] $Value) { ($Value | Sort-Object)[[int][Math]::Floor($Value.Count / 2)] }

# Judged by what a machine with nothing else to do would take: the processor time, or the clock where that is less.
function Write-Row([string] $What, [double[]] $Value, [double] $Processor, [int] $Aim) {
    $took = [Math]::Min($Processor, (Get-Median $Value))
    '| {0,-64} | {1,9} | {2,9} | {3,6} | {4,-2} | {5,-16} |' -f $What, ('{0:N0} ms' -f $Processor), ('{0:N0} ms' -f (Get-Median $Value)), $(if ($Aim) { "$Aim ms" }),
    $(if ($Aim) { if ($took -lt $Aim) { 'ok' } else { 'no' } }), ('{0:N0} to {1:N0} ms' -f ($Value | Measure-Object -Minimum).Minimum, ($Value | Measure-Object -Maximum).Maximum)
}

# Milliseconds of a script in a new shell, by its own clock; and of the whole process.
function Measure-Shell([string] $Script) {
    $clock = [Diagnostics.Stopwatch]::StartNew()
    $inner = pwsh -NoProfile -NonInteractive -Command "`$p = [Diagnostics.Process]::GetCurrentProcess(); `$t = `$p.TotalProcessorTime; `$c = [Diagnostics.Stopwatch]::StartNew(); $Script; `$c.Elapsed.TotalMilliseconds; `$p.Refresh(); (`$p.TotalProcessorTime - `$t).TotalMilliseconds"
    [pscustomobject]@{ Inner = [double] @($inner)[-2]; Processor = [double] @($inner)[-1]; Whole = $clock.Elapsed.TotalMilliseconds }
}

function Get-Processor($Run) { ($Run.Processor | Measure-Object -Average).Average }

'| {0,-64} | {1,9} | {2,9} | {3,6} | {4,-2} | {5,-16} |' -f 'measured', 'processor', 'median', 'aim', '', 'least to most'
'|{0}|{1}:|{1}:|{2}:|{3}|{4}|' -f ('-' * 66), ('-' * 10), ('-' * 7), ('-' * 4), ('-' * 18)

$import = 1..$Rounds | ForEach-Object { Measure-Shell "Import-Module '$ModulePath'" }
Write-Row 'Import-Module' $import.Inner (Get-Processor $import) 300
$first = 1..$Rounds | ForEach-Object { Measure-Shell "Import-Module '$ModulePath'; `$null = Import-KismetCapture '$sample' -Emit Frame | Select-Object -First 1" }
Write-Row 'Import-Module to the first object (a frame of a file)' $first.Inner (Get-Processor $first)
$live = 1..$Rounds | ForEach-Object { Measure-Shell "Import-Module '$ModulePath'; `$l = Start-TzspListener -Port 0; Send-TzspPacket 127.0.0.1 `$l.Port -Path '$sample'; `$null = Watch-KismetDevice -Existing -Count 1" }
Write-Row 'Import-Module to the first device of a listener' $live.Inner (Get-Processor $live)

# A capture of beacons, one of each access point: pcap, link type 105 (802.11), microseconds.
$file = Join-Path ([IO.Path]::GetTempPath()) "kismetps-bench-$PID.pcap"
$stream = [IO.BufferedStream]::new([IO.File]::Create($file), 1MB)
try {
    $stream.Write([Convert]::FromHexString('d4c3b2a1020004000000000000000000ffff000069000000'))
    $body = [Convert]::FromHexString('80000000' + 'ff' * 6 + '020c42000000' * 2 + '0000' + '00' * 8 + '6400' + '0104' + '0009' + '6e' + '30' * 8 + '010482848b96' + '030106')
    $record = [byte[]] (@([BitConverter]::GetBytes([uint32] 1700000000)) + @(0, 0, 0, 0) + @([BitConverter]::GetBytes($body.Length)) * 2 + $body)
    $makers = '00000C', '24A43C', 'D8C7C8', 'F09FC2', '3CA9F4', '001F29', 'C02506', '001DAA', '50C7BF', '4C5E0C', '000C42', '001B77', '00036B', '001B54', '286ED4', 'AC87A3' | ForEach-Object { , [Convert]::FromHexString($_) }
    for ($i = 0; $i -lt $Devices; $i++) {
        foreach ($address in 26, 32) {
            [Array]::Copy($makers[$i % 16], 0, $record, $address, 3)
            $record[$address + 3] = ($i -shr 16) -band 255
            $record[$address + 4] = ($i -shr 8) -band 255
            $record[$address + 5] = $i -band 255
        }
        [void] [Text.Encoding]::ASCII.GetBytes($i.ToString('D8'), 0, 8, $record, 16 + 39)
        $record[$record.Length - 1] = 1 + $i % 13
        $stream.Write($record)
    }
}
finally { $stream.Dispose() }

Import-Module $ModulePath
try {
    $listener = Start-TzspListener -Port 0 -Name bench
    $clock = [Diagnostics.Stopwatch]::StartNew()
    while ((Get-KismetStatistic).Devices -lt $Devices -and $clock.Elapsed.TotalSeconds -lt 120) {
        Send-TzspPacket 127.0.0.1 $listener.Port -Path $file -Rate 100000
        Start-Sleep -Milliseconds 200
    }
}
finally { Remove-Item $file }
$known = (Get-KismetStatistic).Devices

$lines = [ordered]@{
    'sessions'                              = 'Get-KismetDevice -Session '
    'sessions, by number'                   = 'Stop-KismetSession -Id '
    'interfaces'                            = 'Start-KismetCapture -Interface '
    'MAC addresses, nothing typed'          = 'Get-KismetDevice -MacAddress '
    'MAC addresses, half typed'             = 'Get-KismetDevice -MacAddress 00:0C:42:01'
    'SSIDs, nothing typed'                  = 'Get-KismetNetwork -Ssid '
    'SSIDs, the end of the table typed'     = "Get-KismetNetwork -Ssid n000999"
    'SSIDs, a pattern'                      = 'Get-KismetNetwork -Ssid *99999'
    'vendors, nothing typed'                = 'Get-KismetDevice -Vendor '
    'vendors, begun'                        = 'Get-KismetDevice -Vendor Ub'
    'channels'                              = 'Get-KismetDevice -Channel '
    'fields of messages'                    = 'Export-KismetDevice -Field '
    'fields of sentences'                   = 'ConvertFrom-KismetSentence -Field '
    'names of sentences'                    = "Send-KismetCommand -Command 'ENABLE "
    'commands of servers'                   = 'Send-KismetCommand -Command '
    'sources'                               = 'Get-KismetSource -Name '
    'types of sources'                      = 'Add-KismetSource -Type '
    'channels of sources'                   = 'Set-KismetSource -Channel '
}
foreach ($what in $lines.Keys) {
    $line = $lines[$what]
    $parameter = ($line -split ' ')[1].TrimStart('-')
    if (-not (Get-Command ($line -split ' ')[0] -ErrorAction Ignore) -or $parameter -notin (Get-Command ($line -split ' ')[0]).Parameters.Keys) { continue }
    $null = TabExpansion2 -inputScript $line -cursorColumn $line.Length
    $process = [Diagnostics.Process]::GetCurrentProcess()
    $before = $process.TotalProcessorTime
    $times = foreach ($round in 1..(5 * $Rounds)) {
        $clock = [Diagnostics.Stopwatch]::StartNew()
        $found = (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches.Count
        $clock.Elapsed.TotalMilliseconds
    }
    $process.Refresh()
    $name = 'completion of {0}{1}, {2} found' -f $what, $(if ($what -match 'MAC|SSID|vendor|channels$') { ", $known devices" }), $found
    Write-Row $name $times (($process.TotalProcessorTime - $before).TotalMilliseconds / $times.Count) 50
}
Stop-KismetSession $listener -Remove
