<#
.SYNOPSIS
Judges the air of a site by its policy: exit code 0 where it holds, else the number of rules broken.
.DESCRIPTION
Runs RadioPolicy.Tests.ps1 with Pester 5 and writes what it found as JUnit XML, which build servers and most monitors read.
.PARAMETER PolicyPath
The policy.
.PARAMETER ReportPath
File for the report.
.PARAMETER Port
UDP port of the sensors' TZSP.
.PARAMETER Duration
How long to listen.
.PARAMETER Path
Captures to judge instead of the air.
.EXAMPLE
./Invoke-RadioPolicy.ps1 -Duration 10m -ReportPath policy.xml
#>
[CmdletBinding()]
param(
    [string] $PolicyPath = (Join-Path $PSScriptRoot radio-policy.psd1),

    [string] $ReportPath,

    [ValidateRange(1, 65535)]
    [int] $Port = 37008,

    [string] $Duration = '2m',

    [string[]] $Path
)

$ErrorActionPreference = 'Stop'
Import-Module Pester -MinimumVersion 5.0

$configuration = New-PesterConfiguration
$data = @{ PolicyPath = $PolicyPath; Port = $Port; Duration = $Duration; Path = $Path }
$configuration.Run.Container = New-PesterContainer -Path (Join-Path $PSScriptRoot RadioPolicy.Tests.ps1) -Data $data
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Detailed'
if ($ReportPath) {
    $configuration.TestResult.Enabled = $true
    $configuration.TestResult.OutputFormat = 'JUnitXml'
    $configuration.TestResult.OutputPath = $ReportPath
}

$result = Invoke-Pester -Configuration $configuration
# Where nothing could be judged, that is a failure too.
exit ($result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount)
