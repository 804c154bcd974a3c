BeforeDiscovery {
    . $PSScriptRoot/Common.ps1
    $commands = Get-Command -Module KismetPS | ForEach-Object { @{ Name = $_.Name } }
    $topics = Get-ChildItem $PSScriptRoot/../../en-US/about_*.help.txt | ForEach-Object { @{ Topic = $_.Name -replace '\.help\.txt$' } }
    $platyPS = [bool] (Get-Module -ListAvailable Microsoft.PowerShell.PlatyPS)
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $root = Join-Path $PSScriptRoot '../..'

    # The code blocks of a page's examples.
    function Get-ExampleCode([string] $Name) {
        $page = (Get-Content -LiteralPath "$root/docs/cmdlets/$Name.md" -Raw) -replace "`r"
        [regex]::Matches($page, '(?s)```powershell\n(.*?)\n```').ForEach({ $_.Groups[1].Value })
    }
}

Describe 'Get-Help <Name>' -ForEach $commands {
    BeforeAll {
        $help = Get-Help $Name -Full
        $command = Get-Command $Name
        $common = [Management.Automation.PSCmdlet]::CommonParameters + [Management.Automation.PSCmdlet]::OptionalCommonParameters
    }

    It 'has a synopsis that is not the syntax' { $help.Synopsis.Trim() | Should -Match '^[A-Z].*\.$' }

    It 'has a description' { ($help.description.Text -join ' ').Length | Should -BeGreaterThan 100 }

    It 'has three examples' { @($help.examples.example).Count | Should -BeGreaterOrEqual 3 }

    It 'describes every parameter and no other' {
        $documented = @($help.parameters.parameter).ForEach({ $_.name })
        $expected = $command.Parameters.Keys.Where({ $_ -notin $common -or ($_ -in 'WhatIf', 'Confirm') })
        ($documented | Sort-Object) | Should -Be ($expected | Sort-Object)
        foreach ($parameter in $help.parameters.parameter) { "$($parameter.description.Text)" | Should -Not -BeNullOrEmpty -Because $parameter.name }
    }

    It 'says what goes in and what comes out' {
        $help.inputTypes.inputType.type.name | Should -Not -BeNullOrEmpty
        $help.returnValues.returnValue.type.name | Should -Not -BeNullOrEmpty
    }

    It 'shows as many forms as there are parameter sets' { @($help.syntax.syntaxItem).Count | Should -Be $command.ParameterSets.Count }

    It 'has examples that parse and whose arguments bind' {
        $codes = Get-ExampleCode $Name
        $codes.Count | Should -BeGreaterOrEqual 3
        foreach ($code in $codes) {
            $errors = $null
            $tree = [Management.Automation.Language.Parser]::ParseInput($code, [ref] $null, [ref] $errors)
            $errors | Should -BeNullOrEmpty -Because $code
            foreach ($call in $tree.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)) {
                if ((Get-Command $call.GetCommandName() -ErrorAction Ignore).Source -ne 'KismetPS') { continue }
                $binding = [Management.Automation.Language.StaticParameterBinder]::BindCommand($call, $true)
                # What the pipeline brings is not known before it runs.
                $binding.BindingExceptions.Values.BindingException.ForEach({ $_.ErrorId }) | Should -BeNullOrEmpty -Because $call.Extent.Text
            }
        }
    }
}

Describe 'Get-Help <Topic>' -ForEach $topics {
    It 'finds the topic' { Get-Help $Topic | Out-String | Should -Match $Topic }
}

Describe 'KismetPS.dll-Help.xml' {
    It 'is what Export-MamlCommandHelp gives' -Skip:(-not $platyPS) {
        # In a PowerShell of its own: the assemblies of PlatyPS stay out of the suite's.
        $script = {
            param($pages, $folder)
            Import-Module Microsoft.PowerShell.PlatyPS
            $files = Get-ChildItem -Path $pages -Filter *-*.md | Sort-Object Name
            Import-MarkdownCommandHelp -Path $files.FullName | Export-MamlCommandHelp -OutputFolder $folder -Force
        }
        $null = & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command $script -args "$root/docs/cmdlets", "$TestDrive"
        $theirs = Get-Content -LiteralPath "$TestDrive/KismetPS/KismetPS.dll-Help.xml" -Raw
        $ours = Get-Content -LiteralPath "$root/en-US/KismetPS.dll-Help.xml" -Raw
        ($ours -replace "`r") | Should -BeExactly ($theirs -replace "`r")
    }
}
