# Every completer of every cmdlet: from live data, quoted so that it is one argument, and never an error whatever is typed.

BeforeDiscovery {
    . $PSScriptRoot/Common.ps1
    $parameters = foreach ($command in Get-Command -Module KismetPS) {
        foreach ($parameter in $command.Parameters.Values) {
            foreach ($completer in $parameter.Attributes.Where({ $_ -is [ArgumentCompleter] -and $_.Type.Namespace -eq 'KismetPS.PowerShell.Completion' })) {
                @{ Command = $command.Name; Parameter = $parameter.Name; Type = $completer.Type }
            }
        }
    }
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $words = '', '[', '[a-', ']', '*', '?', "'", '"', "''", "o'brien", '`', '``[', '$x', '$(', ';', '|', '&', '@', '#', '-', '--', ':', '0', '00:0c', '999999999999999999', '00-0C-42-00-00-01-02', [string] [char] 0, [string] [char] 0xD800, ('x' * 5000), "`u{E4}`u{2615}"

    function Test-Completer($Type, [string] $Command, [string] $Parameter) {
        $completer = $Type::new()
        foreach ($word in $words) {
            # Called as PowerShell calls it, but without its own guard that hides what is thrown.
            $null = @($completer.CompleteArgument($Command, $Parameter, $word, $null, @{}))
            $null = @(Get-TestCompletion "$Command -$Parameter $word")
        }
    }
}

Describe 'Completers' {
    It 'are there for every kind of live value' {
        $kinds = (Get-Command -Module KismetPS).Parameters.Values.Attributes | Where-Object { $_ -is [ArgumentCompleter] } | ForEach-Object { $_.Type.Name } | Sort-Object -Unique
        foreach ($kind in 'SessionCompleter', 'InterfaceCompleter', 'MacAddressCompleter', 'SsidCompleter', 'VendorCompleter', 'ChannelCompleter', 'MessageFieldCompleter', 'SentenceFieldCompleter', 'SourceCompleter', 'SourceChannelCompleter') { $kinds | Should -Contain $kind }
    }

    It 'offer names of sentences to the commands that take one' {
        (Get-TestCompletion "Send-KismetCommand -Command 'ENABLE BSS").CompletionText | Should -Contain "'ENABLE BSSID'"
    }

    It 'never fail without a session: <Command> -<Parameter>' -TestCases $parameters {
        { Test-Completer -Type $Type -Command $Command -Parameter $Parameter } | Should -Not -Throw
    }

    Context 'with devices of nasty names' {
        BeforeAll {
            $listener = Start-TzspListener -Port 0 -Name "it's [odd] *"
            $names = "o'brien", 'two words', '[a]*?', '"q"', '$(rm)', '`tick', "semi;colon", "`u{E4}`u{2615}", '-dash'
            $i = 0
            Send-TestFrame $listener.Port @($names | ForEach-Object { $i++; , (New-TestBeacon -Bssid ('00:0C:42:00:00:{0:X2}' -f $i) -Ssid $_ -Channel $i) })
            $null = Wait-TestUntil { (Get-KismetStatistic).Devices -eq $names.Count }
        }
        AfterAll { Stop-TestSession }

        It 'never fail: <Command> -<Parameter>' -TestCases $parameters {
            { Test-Completer -Type $Type -Command $Command -Parameter $Parameter } | Should -Not -Throw
        }

        It 'offer names as one argument that means the name: <line>' -TestCases @(
            @{ line = 'Get-KismetNetwork -Ssid '; count = 9; property = 'Ssid' }
            @{ line = 'Get-KismetSession -Name '; count = 1; property = 'Name' }
        ) {
            $offered = @(Get-TestCompletion $line)
            $offered.Count | Should -Be $count
            foreach ($match in $offered) {
                $failures = $null
                $ast = [Management.Automation.Language.Parser]::ParseInput($line + $match.CompletionText, [ref] $null, [ref] $failures)
                $failures | Should -BeNullOrEmpty
                $elements = $ast.EndBlock.Statements[0].PipelineElements[0].CommandElements
                $elements.Count | Should -Be 3 -Because $match.CompletionText
                $elements[2] | Should -BeOfType System.Management.Automation.Language.StringConstantExpressionAst
                (& ([scriptblock]::Create($line + $match.CompletionText))).$property | Should -Be $match.ListItemText
            }
        }
    }
}
