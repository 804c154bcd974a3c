<#
.SYNOPSIS
Sends devices and alerts to a log collector (SIEM) as they change.
.DESCRIPTION
Listens and sends until the listener ends or the script is stopped. Messages that the collector has not read wait in the spool folder, also over a restart,
and are sent again. Exit code 1 where it ends with an error.
.PARAMETER ComputerName
The collector.
.PARAMETER CollectorPort
Its port.
.PARAMETER Protocol
Tls, Tcp or Udp.
.PARAMETER DataFormat
Cef, Gelf, Syslog, Json: what the collector reads.
.PARAMETER SpoolPath
Folder for what is not sent yet.
.PARAMETER Port
UDP port of the sensors' TZSP.
.PARAMETER Duration
Ends after this time; without it, never.
.EXAMPLE
./siem-feed.ps1 -ComputerName siem.example.org -CollectorPort 6514 -SpoolPath /var/spool/kismetps
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $ComputerName,

    [ValidateRange(1, 65535)]
    [int] $CollectorPort = 6514,

    [ValidateSet('Tls', 'Tcp', 'Udp')]
    [string] $Protocol = 'Tls',

    [string] $DataFormat = 'Cef',

    [Parameter(Mandatory)]
    [string] $SpoolPath,

    [ValidateRange(1, 65535)]
    [int] $Port = 37008,

    [string] $Duration
)

$ErrorActionPreference = 'Stop'
Import-Module KismetPS

$listener = Start-TzspListener -Port $Port -Name feed -DeviceTimeout 1h
try {
    $feed = $listener | Export-KismetDevice -ComputerName $ComputerName -Port $CollectorPort -Protocol $Protocol -DataFormat $DataFormat -Alert -SpoolPath $SpoolPath
    $limit = if ($Duration) { @{ Timeout = $Duration } } else { @{ } }
    $null = Wait-KismetSession $listener @limit -ErrorAction Ignore
    Stop-TzspListener $listener
    # What is on its way is waited for.
    $null = Wait-KismetSession $feed -Timeout 30 -ErrorAction Ignore
    Write-Verbose "$($feed.ExportStatistics)" -Verbose
    if ($listener.Error) { throw $listener.Error }
    if ($feed.Error) { throw $feed.Error }
}
finally { Get-KismetSession | Stop-KismetSession -Remove }
