using System.Management.Automation;
using KismetPS.PowerShell.Input;

namespace KismetPS.PowerShell.Commands;

/// <summary>Writes one file, after asking.</summary>
public abstract class WriteFileCommand : KismetCmdlet
{
    private protected const string PathSet = "Path";
    private protected const string LiteralPathSet = "LiteralPath";

    private protected WriteFileCommand()
    {
    }

    /// <summary>File to write.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>File to write, taken as it is written.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string LiteralPath { get; set; } = string.Empty;

    /// <summary>Fails where the file exists.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>The file system path.</summary>
    private protected string File { get; private set; } = string.Empty;

    /// <summary>Whether the user wants it done; nothing is opened else.</summary>
    private protected bool Confirmed { get; private set; }

    private protected override void Begin()
    {
        string path = ParameterSetName == LiteralPathSet ? LiteralPath : Path;
        Target = path;
        File = PathResolver.ForWriting(this, path);
        Confirmed = ShouldProcess(File, Action);
        if (Confirmed)
        {
            Open();
        }
    }

    /// <summary>What -WhatIf and -Confirm say is done.</summary>
    private protected abstract string Action { get; }

    /// <summary>Opens <see cref="File"/>.</summary>
    private protected abstract void Open();
}
