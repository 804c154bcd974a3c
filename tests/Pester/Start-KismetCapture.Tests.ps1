BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'Start-KismetCapture' {
    AfterEach { Stop-TestSession }

    It 'opens nothing under -WhatIf' {
        Start-KismetCapture no-such-interface -WhatIf | Should -BeNullOrEmpty
        Start-KismetCapture no-such-interface -Emit Frame -WhatIf | Should -BeNullOrEmpty
    }

    It 'has no TZSP messages to emit' { { Start-KismetCapture lo -Emit Packet } | Should -Throw -ErrorId 'ArgumentInvalid,*' }

    It 'demands an interface instead of asking' { (Get-Command Start-KismetCapture).Parameters['Interface'].Attributes.Mandatory | Should -Contain $true }
}
