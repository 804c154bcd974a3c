using System.Management.Automation;
using KismetPS.Capture;
using KismetPS.PowerShell.Input;

namespace KismetPS.PowerShell.Commands;

/// <summary>Writes a file, or files that follow each other.</summary>
public abstract class RollingFileCommand : WriteFileCommand
{
    private protected RollingFileCommand()
    {
    }

    /// <summary>Begins a new file after so many bytes.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateRange(1024, long.MaxValue)]
    public long MaxFileSize { get; set; }

    /// <summary>Begins a new file after so much time; a number is seconds.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Duration]
    public TimeSpan MaxFileAge { get; set; }

    /// <summary>Keeps so many files, deleting the oldest.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateRange(1, int.MaxValue)]
    public int MaxFile { get; set; }

    /// <summary>Returns the files written.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public SwitchParameter PassThru { get; set; }

    /// <summary>When a file gives way to the next.</summary>
    private protected FileRolling Rolling => new() { MaxBytes = MaxFileSize, MaxAge = MaxFileAge, MaxFiles = MaxFile };
}
