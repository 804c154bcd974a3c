using System.Management.Automation;
using KismetPS.Capture;
using KismetPS.PowerShell.Input;

namespace KismetPS.PowerShell.Commands;

/// <summary>Reads files one after another.</summary>
public abstract class ReadFileCommand : KismetCmdlet
{
    private protected const string PathSet = "Path";
    private protected const string LiteralPathSet = "LiteralPath";

    private protected ReadFileCommand()
    {
    }

    /// <summary>Files, wildcards allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = PathSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files, taken as they are written.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    private protected abstract void ReadFile(string path);

    private protected override void Process()
    {
        bool literal = ParameterSetName == LiteralPathSet;
        string[] paths = literal ? LiteralPath : Path;
        foreach (string path in paths)
        {
            Target = path;
            // One file that was named and cannot be read ends the command; one of many is an error, and the others are read.
            bool many = paths.Length > 1 || MyInvocation.ExpectingInput || (!literal && Wildcards.IsPattern(path));
            try
            {
                foreach (string file in PathResolver.Existing(this, path, literal))
                {
                    ReadOne(file, many);
                }
            }
            catch (KismetException e) when (many)
            {
                Report(e, path);
            }
        }
    }

    private void ReadOne(string file, bool many)
    {
        Target = file;
        try
        {
            ReadFile(file);
        }
        catch (KismetException e) when (many)
        {
            Report(e, file);
        }
    }
}
