<#
.SYNOPSIS
Registers site-survey.ps1 as a scheduled task of Windows, every night.
.DESCRIPTION
The task runs whether anybody is logged on or not, as LOCAL SERVICE (TZSP needs no rights), never twice at once, and is ended when it takes too long. Run
this once, in an elevated PowerShell; again with other parameters it replaces the task. Unregister-ScheduledTask takes it away.
KismetPS has to be installed for all users: Install-PSResource KismetPS -Scope AllUsers.
.PARAMETER OutputPath
Folder for the files. LOCAL SERVICE is given the right to write there.
.PARAMETER At
Time of day.
.PARAMETER Duration
How long each survey listens, in minutes.
.PARAMETER Sensor
Networks of the sensors that are listened to.
.PARAMETER TaskName
Name of the task.
.EXAMPLE
./Register-SurveyTask.ps1 -OutputPath D:\Survey -At 02:00 -Sensor 10.20.0.0/16
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)]
    [string] $OutputPath,

    [datetime] $At = '02:00',

    [ValidateRange(1, 1380)]
    [int] $Duration = 15,

    [string[]] $Sensor,

    [string] $TaskName = 'KismetPS site survey'
)

$ErrorActionPreference = 'Stop'
if (-not $IsWindows) {
    throw 'Scheduled tasks are of Windows; kismetps-survey.timer is the same for systemd.'
}

$script = Join-Path $PSScriptRoot site-survey.ps1
$folder = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($OutputPath)
$arguments = @('-NoProfile', '-NonInteractive', '-File', "`"$script`"", '-OutputPath', "`"$folder`"", '-Duration', "${Duration}m")
if ($Sensor) { $arguments += '-Sensor', ($Sensor -join ',') }

if (-not $PSCmdlet.ShouldProcess($TaskName, "Register a task that runs pwsh $arguments daily at $($At.ToString('t'))")) { return }

$null = New-Item -ItemType Directory -Path $folder -Force
# By its SID, since the account has another name in every language.
icacls $folder /grant '*S-1-5-19:(OI)(CI)M' | Out-Null

$task = @{
    TaskName  = $TaskName
    Action    = New-ScheduledTaskAction -Execute (Get-Process -Id $PID).Path -Argument ($arguments -join ' ')
    Trigger   = New-ScheduledTaskTrigger -Daily -At $At
    Principal = New-ScheduledTaskPrincipal -UserId 'S-1-5-19' -LogonType ServiceAccount
    Settings  = New-ScheduledTaskSettingsSet -MultipleInstances IgnoreNew -StartWhenAvailable -ExecutionTimeLimit (New-TimeSpan -Minutes ($Duration + 30))
}
Register-ScheduledTask @task -Force
