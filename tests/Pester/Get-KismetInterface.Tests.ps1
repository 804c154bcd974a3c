BeforeAll { . $PSScriptRoot/Common.ps1 }

Describe 'Get-KismetInterface' {
    It 'completes without throwing, library or not' { { Get-TestCompletion 'Get-KismetInterface -Name ' } | Should -Not -Throw }
}
