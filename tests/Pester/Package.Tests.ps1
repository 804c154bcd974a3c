# The package as a gallery serves it: made by the target behind ./build.ps1 -Task Package, installed from a folder, used in a new shell.

BeforeDiscovery {
    $noInstaller = -not (Get-Module -ListAvailable Microsoft.PowerShell.PSResourceGet) -or -not (Get-Command dotnet -ErrorAction Ignore)
}

Describe 'The package' -Skip:$noInstaller {
    BeforeAll {
        . $PSScriptRoot/Common.ps1
        $package = Join-Path $TestDrive package
        $project = Join-Path $PSScriptRoot '../../src/KismetPS.PowerShell/KismetPS.PowerShell.csproj'
        $staged = (Resolve-Path $ModulePath).Path
        $configuration = if ($staged -match 'Release|artifacts') { 'Release' } else { 'Debug' }
        $made = dotnet msbuild $project -nologo -v:minimal -t:PackModule "-p:ModuleDir=$staged" "-p:PackageDir=$package" "-p:Configuration=$configuration" 2>&1
        $code = $LASTEXITCODE
        $version = (Import-PowerShellDataFile (Join-Path $staged KismetPS.psd1)).ModuleVersion

        # A user of its own: nothing of what is installed here is seen or changed.
        $user = Join-Path $TestDrive user
        $null = New-Item -ItemType Directory $user -Force
        function Invoke-TestUser([string] $Script) {
            $old = $env:HOME, $env:XDG_DATA_HOME, $env:USERPROFILE, $env:LOCALAPPDATA, $env:PSModulePath
            try {
                $env:HOME = $env:USERPROFILE = $user
                $env:XDG_DATA_HOME = $null
                $env:LOCALAPPDATA = Join-Path $user local
                $env:PSModulePath = $null
                pwsh -NoProfile -NonInteractive -Command "`$ErrorActionPreference = 'Stop'; `$ProgressPreference = 'SilentlyContinue'; $Script" 2>&1
            }
            finally { $env:HOME, $env:XDG_DATA_HOME, $env:USERPROFILE, $env:LOCALAPPDATA, $env:PSModulePath = $old }
        }
    }

    It 'is made' {
        $code | Should -Be 0 -Because ($made -join "`n")
        Test-Path (Join-Path $package "KismetPS.$version.nupkg") | Should -BeTrue
    }

    It 'installs from a folder, and works' {
        $output = Invoke-TestUser "Register-PSResourceRepository -Name Here -Uri '$package' -Trusted; Install-PSResource KismetPS -Repository Here -Scope CurrentUser; (Get-InstalledPSResource KismetPS).Version.ToString()"
        $LASTEXITCODE | Should -Be 0 -Because ($output -join "`n")
        @($output)[-1] | Should -Be $version
        # By its name alone, in another shell: found, imported, with its help.
        $used = Invoke-TestUser "(Resolve-KismetVendor 00:00:0C:00:00:01).Vendor; (Get-Help Watch-KismetDevice).Synopsis; (Get-Help about_KismetPS_Tzsp).Length -gt 100; (Get-Module KismetPS).ModuleBase"
        $used[0] | Should -Match Cisco
        $used[1] | Should -Match 'Streams changes'
        $used[2] | Should -Be True
        $used[3] | Should -BeLike "$user*"
    }

    It 'lies on the disk as Save-Module leaves it' {
        $saved = Join-Path $TestDrive saved
        $null = New-Item -ItemType Directory $saved
        $output = Invoke-TestUser "if (-not (Get-PSResourceRepository Here -ErrorAction Ignore)) { Register-PSResourceRepository -Name Here -Uri '$package' -Trusted }; Save-PSResource KismetPS -Repository Here -Path '$saved'"
        $LASTEXITCODE | Should -Be 0 -Because ($output -join "`n")
        $files = { param($folder) (Get-ChildItem $folder -Recurse -File).FullName | ForEach-Object { $_.Substring($folder.Length + 1) } | Where-Object { $_ -ne 'PSGetModuleInfo.xml' } | Sort-Object }
        $expected = & $files (Join-Path $package "KismetPS/$version")
        $expected.Count | Should -BeGreaterThan 10
        & $files (Join-Path $saved "KismetPS/$version") | Should -Be $expected
        $warning = $null
        $null = Test-ModuleManifest (Join-Path $saved "KismetPS/$version/KismetPS.psd1") -WarningVariable warning
        $warning | Should -BeNullOrEmpty
    }

    It 'has neither assemblies of others nor symbols' {
        (Get-ChildItem (Join-Path $package "KismetPS/$version") -Recurse -File -Include *.dll, *.pdb, *.exe).Name | Where-Object { $_ -notlike 'KismetPS*.dll' } | Should -BeNullOrEmpty
    }
}
