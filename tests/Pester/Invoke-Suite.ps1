<#
.SYNOPSIS
Runs the Pester suite against the staged module and writes the counts as JSON.
.PARAMETER ResultPath
File for the result: Passed, Failed, Skipped, Failures.
.PARAMETER Path
Test files; all where not given.
#>
[CmdletBinding()]
param(
    [string] $ResultPath,
    [string[]] $Path = $PSScriptRoot
)

$ErrorActionPreference = 'Stop'
Import-Module Pester -MinimumVersion 5.0
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$configuration.Output.CIFormat = 'None'
$run = Invoke-Pester -Configuration $configuration

$failures = @(
    foreach ($test in $run.Failed) { '{0}: {1}' -f $test.ExpandedPath, (@($test.ErrorRecord.Exception.Message) -join '; ') }
    foreach ($block in @($run.FailedBlocks) + @($run.FailedContainers)) { '{0}: {1}' -f $block, (@($block.ErrorRecord.Exception.Message) -join '; ') }
)
$result = [ordered]@{ Passed = $run.PassedCount; Failed = $run.FailedCount + $run.FailedBlocksCount + $run.FailedContainersCount; Skipped = $run.SkippedCount; Failures = $failures }
if ($ResultPath) { ConvertTo-Json $result | Set-Content -LiteralPath $ResultPath }
'Pester: {0} passed, {1} failed, {2} skipped' -f $result.Passed, $result.Failed, $result.Skipped
exit [int] ($result.Failed -gt 0)
