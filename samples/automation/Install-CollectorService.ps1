<#
.SYNOPSIS
Installs collector.ps1 as a service of Windows.
.DESCRIPTION
A service has to answer the service manager, which pwsh does not. This compiles a small program that does (CollectorService.cs, with the compiler that every
Windows has), registers it, and lets it start and stop collector.ps1. The service runs as LOCAL SERVICE, starts with Windows, and is started again when it
fails. Run this once, in an elevated PowerShell. Remove-Service KismetPSCollector takes it away.
KismetPS has to be installed for all users: Install-PSResource KismetPS -Scope AllUsers.
.PARAMETER OutputPath
Folder for the files. LOCAL SERVICE is given the right to write there.
.PARAMETER InstallPath
Folder for the program and the script.
.PARAMETER Port
UDP port of the sensors' TZSP; opened in the firewall.
.PARAMETER Sensor
Networks of the sensors that are listened to; the firewall lets no others in.
.EXAMPLE
./Install-CollectorService.ps1 -OutputPath D:\Collector -Sensor 10.20.0.0/16
Start-Service KismetPSCollector
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)]
    [string] $OutputPath,

    [string] $InstallPath = "$env:ProgramFiles\KismetPS Collector",

    [ValidateRange(1, 65535)]
    [int] $Port = 37008,

    [string[]] $Sensor
)

$ErrorActionPreference = 'Stop'
if (-not $IsWindows) {
    throw 'This is for Windows; kismetps-collector.service is the same for systemd.'
}

$name = 'KismetPSCollector'
$folder = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($OutputPath)
if (-not $PSCmdlet.ShouldProcess($name, 'Install the service')) { return }

$null = New-Item -ItemType Directory -Path $folder, $InstallPath -Force
icacls $folder /grant '*S-1-5-19:(OI)(CI)M' | Out-Null
Copy-Item (Join-Path $PSScriptRoot collector.ps1) $InstallPath

$program = Join-Path $InstallPath CollectorService.exe
$compiler = "$env:windir\Microsoft.NET\Framework64\v4.0.30319\csc.exe"
& $compiler -nologo -target:exe -r:System.ServiceProcess.dll "-out:$program" (Join-Path $PSScriptRoot CollectorProcess.cs) (Join-Path $PSScriptRoot CollectorService.cs)
if ($LASTEXITCODE -ne 0) { throw "The compiler failed with exit code $LASTEXITCODE." }

# Quotes inside an argument are written \" on the command line of a service.
$stop = Join-Path $folder stop
$run = "-NoProfile -NonInteractive -File \`"$InstallPath\collector.ps1\`" -OutputPath \`"$folder\`" -Port $Port -StopFile \`"$stop\`""
if ($Sensor) { $run += " -Sensor $($Sensor -join ',')" }
$service = @{
    Name           = $name
    DisplayName    = 'KismetPS collector'
    Description    = 'Collects what TZSP sensors hear.'
    StartupType    = 'Automatic'
    BinaryPathName = "`"$program`" `"$((Get-Process -Id $PID).Path)`" `"$run`" `"$stop`""
    # LOCAL SERVICE has no password.
    Credential     = [pscredential]::new('NT AUTHORITY\LocalService', [securestring]::new())
}
New-Service @service
sc.exe failure $name reset= 86400 actions= restart/10000/restart/10000/restart/60000 | Out-Null

$rule = @{ DisplayName = 'KismetPS collector'; Direction = 'Inbound'; Protocol = 'UDP'; LocalPort = $Port; Action = 'Allow'; Program = (Get-Process -Id $PID).Path }
if ($Sensor) { $rule.RemoteAddress = $Sensor }
$null = New-NetFirewallRule @rule
