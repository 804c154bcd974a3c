<#
    What objects of the module cost in a pipeline, measured in the pwsh that runs this; bench/run --goals calls it.
    Prints name=number lines, times in nanoseconds.
#>
param(
    [Parameter(Mandatory)][string] $Module,
    [Parameter(Mandatory)][string] $Capture,
    [Parameter(Mandatory)][string] $ShortCapture,
    [Parameter(Mandatory)][string] $DeviceCorpus,
    [Parameter(Mandatory)][int] $DeviceCount,
    [Parameter(Mandatory)][string] $Sender,
    [int] $Rounds = 5
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module $Module

function Measure-Nanosecond([scriptblock] $Work) {
    $start = [System.Diagnostics.Stopwatch]::GetTimestamp()
    & $Work
    [long] [System.Diagnostics.Stopwatch]::GetElapsedTime($start).TotalNanoseconds
}

# Median and fastest of some rounds, after some that only warm: the compiler works in the background, and a memory that was used before is quicker.
function Write-Measure([string] $Name, [scriptblock] $Work, [int] $Warm = 3) {
    for ($i = 0; $i -lt $Warm; $i++) {
        $null = Measure-Nanosecond $Work
        Start-Sleep -Milliseconds 150
    }

    $process = [System.Diagnostics.Process]::GetCurrentProcess()
    $before = $process.TotalProcessorTime
    $times = @(for ($i = 0; $i -lt $Rounds; $i++) { Measure-Nanosecond $Work }) | Sort-Object
    $process.Refresh()
    "${Name}_ns=$($times[[int][Math]::Floor($times.Count / 2)])"
    "${Name}_fastest_ns=$($times[0])"
    "${Name}_cpu_ns=$([long] (($process.TotalProcessorTime - $before).TotalNanoseconds / $Rounds))"
}

"rounds=$Rounds"
Write-Measure frames { Import-KismetCapture -LiteralPath $Capture -Emit Frame | Out-Null }

$listener = Start-TzspListener -Port 0 -Address 127.0.0.1 -ReceiveBuffer 4MB
try {
    # As often as it takes until each of them was heard.
    for ($i = 0; $i -lt 10 -and (Get-KismetStatistic).Devices -lt $DeviceCount; $i++) {
        $null = & $Sender $DeviceCorpus $listener.Port 50000 2.5
        Start-Sleep -Milliseconds 300
    }

    "devices=$((Get-KismetDevice).Count)"
    Write-Measure devices { Get-KismetDevice | Out-Null }
    Write-Measure devices_kept { $script:kept = Get-KismetDevice }
    $script:kept = $null
    "watch_devices=$DeviceCount"
    Write-Measure watch { Watch-KismetDevice -Device -Existing -Count $DeviceCount | Out-Null }
}
finally {
    $listener | Stop-TzspListener
}

if (Get-Command tshark -ErrorAction Ignore) {
    $ek = Measure-Nanosecond { tshark -n -r $ShortCapture -T ek 2>$null | ConvertFrom-Json | Out-Null }
    "ek_ns=$ek"
}
