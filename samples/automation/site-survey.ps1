<#
.SYNOPSIS
Listens for a while and writes which networks there are: the work of a scheduled task.
.DESCRIPTION
Writes networks-<time>.csv and, where alerts were raised, alerts-<time>.csv. Exit code 0: written; 1: an error; 2: nothing was heard, which more often
means a sensor that is down than a silent site.
.PARAMETER OutputPath
Folder for the files; made if missing.
.PARAMETER Port
UDP port of the sensors' TZSP.
.PARAMETER Sensor
Networks of the sensors that are listened to; anybody where not given.
.PARAMETER Duration
How long to listen.
.PARAMETER Path
Reads captures instead of listening: for trying it out.
.EXAMPLE
./site-survey.ps1 -OutputPath D:\Survey -Sensor 10.20.0.0/16
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $OutputPath,

    [ValidateRange(1, 65535)]
    [int] $Port = 37008,

    [string[]] $Sensor,

    [string] $Duration = '15m',

    [string[]] $Path
)

$ErrorActionPreference = 'Stop'
Import-Module KismetPS

$null = New-Item -ItemType Directory -Path $OutputPath -Force
$stamp = Get-Date -Format yyyyMMdd-HHmmss

if ($Path) {
    $networks = @(Import-KismetCapture -Path $Path -Emit Network)
    $alerts = @(Import-KismetCapture -Path $Path -Emit Alert)
}
else {
    $senders = if ($Sensor) { @{ Sensor = $Sensor -split ',' } } else { @{ } }
    $listener = Start-TzspListener -Port $Port @senders
    try {
        $null = Wait-KismetSession $listener -Timeout $Duration -ErrorAction Ignore
        $networks = @(Get-KismetNetwork -Session $listener)
        $alerts = @(Get-KismetAlert -Session $listener)
    }
    finally { Stop-KismetSession $listener -Remove }
}

if ($networks.Count -eq 0) {
    Write-Warning 'Nothing was heard: are the sensors sending?'
    exit 2
}

# Names come from the air. Export-Csv leaves them as they are; a spreadsheet runs what begins like a formula, so that gets an apostrophe in front.
$safe = @{ n = 'Ssid'; e = { if ($_.Ssid -match '^[=+\-@\t\r]') { "'$($_.Ssid)" } else { $_.Ssid } } }
$networks | Sort-Object Bssid, Ssid |
    Select-Object Bssid, $safe, Channel, Encryption, SignalDbm, ClientCount, FirstSeen, LastSeen, Manufacturer |
    Export-Csv (Join-Path $OutputPath "networks-$stamp.csv")
if ($alerts.Count -gt 0) {
    $alerts | Select-Object Time, Type, Bssid, MacAddress, Channel | Export-Csv (Join-Path $OutputPath "alerts-$stamp.csv")
}
