#!/usr/bin/env pwsh
<#
.SYNOPSIS
Builds, tests and packages KismetPS.
.DESCRIPTION
A door to build.proj, where the tasks are defined; `dotnet build build.proj -t:Task` does the same without PowerShell.
.PARAMETER Task
Build (default) stages the module in artifacts/module/KismetPS; Clean, Test, Help, Analyze, Package and Demo do what they say.
.PARAMETER Configuration
Release (default) or Debug.
.EXAMPLE
./build.ps1
Import-Module ./artifacts/module/KismetPS
.EXAMPLE
./build.ps1 -Task Clean, Build, Test
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Clean', 'Build', 'Test', 'Help', 'Analyze', 'Package', 'Demo')]
    [string[]] $Task = 'Build',

    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release'
)

$ErrorActionPreference = 'Stop'

if (-not (Get-Command dotnet -ErrorAction Ignore)) {
    throw 'The .NET 10 SDK is needed: the command dotnet is not on the PATH.'
}

foreach ($name in $Task) {
    dotnet msbuild (Join-Path $PSScriptRoot 'build.proj') -nologo -v:minimal "-t:$name" "-p:Configuration=$Configuration"
    if ($LASTEXITCODE -ne 0) {
        throw "The task $name failed with exit code $LASTEXITCODE."
    }
}
