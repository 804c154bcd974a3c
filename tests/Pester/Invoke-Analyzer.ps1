<#
.SYNOPSIS
Runs PSScriptAnalyzer over the scripts and the staged manifest. Exit code 0: clean, 1: findings, 3: PSScriptAnalyzer is not installed.
.PARAMETER ModulePath
The staged module: its manifest names files that lie beside it only there.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $ModulePath
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Module -ListAvailable PSScriptAnalyzer)) { exit 3 }

Import-Module PSScriptAnalyzer
$root = Resolve-Path (Join-Path $PSScriptRoot '../..')
# Helpers of the tests named New-Test* and Stop-Test* change nothing of a user's, and Pester's blocks set variables that others read.
$excluded = 'PSUseShouldProcessForStateChangingFunctions', 'PSUseDeclaredVarsMoreThanAssignments'
# Tests make keys of their own as text, and give threads their variables by -ArgumentList, where the analyzer looks for $using:.
$excludedInTests = $excluded + @('PSAvoidUsingConvertToSecureStringWithPlainText', 'PSUseUsingScopeModifierInNewRunspaces')
$findings = @(
    foreach ($path in (Join-Path $root build.ps1), (Join-Path $root samples), (Join-Path $root tests/Pester), (Join-Path $ModulePath KismetPS.psd1)) {
        if (Test-Path $path) { Invoke-ScriptAnalyzer -Path $path -Recurse -ExcludeRule $(if ($path -like '*Pester') { $excludedInTests } else { $excluded }) }
    }
)
$findings | Format-Table RuleName, Severity, ScriptName, Line, Message -AutoSize | Out-String -Width 200
exit [int] ($findings.Count -gt 0)
