<#
.SYNOPSIS
Listens until it is told to stop and keeps a file of devices up to date: the work of a service.
.DESCRIPTION
Tracks in the background. Every -Interval it replaces devices.json in one step, so that a reader never sees half of it, and appends a line with the health of
the collector to health.jsonl. Alerts are appended to alerts.jsonl as they come. Ends with an error where the listener fails, so that the service
manager starts it again.
.PARAMETER OutputPath
Folder for the files; made if missing.
.PARAMETER Port
UDP port of the sensors' TZSP.
.PARAMETER Sensor
Networks of the sensors that are listened to; anybody where not given.
.PARAMETER Interval
Seconds between two writings.
.PARAMETER DeviceTimeout
Devices not heard for so long are forgotten, which bounds the memory.
.PARAMETER StopFile
The script ends when this file exists, and deletes it: for service managers that have no signal to send.
.EXAMPLE
./collector.ps1 -OutputPath /var/lib/kismetps -Sensor 10.20.0.0/16
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $OutputPath,

    [ValidateRange(1, 65535)]
    [int] $Port = 37008,

    [string[]] $Sensor,

    [ValidateRange(1, 86400)]
    [double] $Interval = 60,

    [string] $DeviceTimeout = '1h',

    [string] $StopFile
)

$ErrorActionPreference = 'Stop'
Import-Module KismetPS

$null = New-Item -ItemType Directory -Path $OutputPath -Force
$devices = Join-Path $OutputPath devices.json
$health = Join-Path $OutputPath health.jsonl
$senders = if ($Sensor) { @{ Sensor = $Sensor -split ',' } } else { @{ } }
$listener = Start-TzspListener -Port $Port -Name collector -DeviceTimeout $DeviceTimeout @senders
$null = Register-KismetEvent Alert -Existing -Session $listener -SourceIdentifier Collector.Alert -MessageData (Join-Path $OutputPath alerts.jsonl) -Action {
    $EventArgs.Alert | ConvertTo-Json -Compress -EnumsAsStrings | Add-Content -LiteralPath $Event.MessageData
}

try {
    $clock = [Diagnostics.Stopwatch]::StartNew()
    $next = 0
    while ($listener.State -eq 'Running') {
        if ($StopFile -and (Test-Path -LiteralPath $StopFile)) {
            Remove-Item -LiteralPath $StopFile
            break
        }
        if ($clock.Elapsed.TotalSeconds -ge $next) {
            $next = $clock.Elapsed.TotalSeconds + $Interval
            $known = @(Get-KismetDevice -Session $listener)
            if ($known.Count -gt 0) { $known | Export-KismetDevice -LiteralPath $devices }
            Get-KismetStatistic -Session $listener |
                Select-Object @{ n = 'Time'; e = { [DateTimeOffset]::UtcNow } }, Received, FramesPerSecond, Devices, KernelDropped, QueueDropped, Evicted |
                ConvertTo-Json -Compress | Add-Content -LiteralPath $health
        }
        # Short, so that a request to stop is seen and alerts are written soon.
        Start-Sleep -Milliseconds 500
    }
    if ($listener.Error) { throw $listener.Error }
}
finally {
    Unregister-Event -SourceIdentifier Collector.Alert -ErrorAction Ignore
    Stop-KismetSession $listener -Remove
}
