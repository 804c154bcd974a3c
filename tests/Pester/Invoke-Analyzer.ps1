<#
.SYNOPSIS
Runs PSScriptAnalyzer over the scripts and the manifest. Exit code 0: clean, 1: findings, 3: PSScriptAnalyzer is not installed.
#>
[CmdletBinding()]
param()

$ErrorActionPreference = 'Stop'
if (-not (Get-Module -ListAvailable PSScriptAnalyzer)) { exit 3 }

Import-Module PSScriptAnalyzer
$root = Join-Path $PSScriptRoot '../..' | Resolve-Path
$findings = @(
    foreach ($path in 'build.ps1', 'KismetPS.psd1', 'samples', 'tests/Pester') {
        $full = Join-Path $root $path
        # Tests have helpers named New-Test… that change nothing, and tests that set variables Pester reads.
        if (Test-Path $full) { Invoke-ScriptAnalyzer -Path $full -Recurse -ExcludeRule PSUseShouldProcessForStateChangingFunctions, PSUseDeclaredVarsMoreThanAssignments }
    }
)
$findings | Format-Table -AutoSize | Out-String -Width 160
exit [int] ($findings.Count -gt 0)
