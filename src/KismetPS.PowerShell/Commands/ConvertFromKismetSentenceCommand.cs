using System.Management.Automation;
using KismetPS.Capture;
using KismetPS.Kismet;
using KismetPS.Kismet.Text;
using KismetPS.Kismet.Text.Client;
using KismetPS.PowerShell.Completion;
using KismetPS.PowerShell.Input;

namespace KismetPS.PowerShell.Commands;

/// <summary>ConvertFrom-KismetSentence: recorded lines of a text server as objects.</summary>
[Cmdlet(VerbsData.ConvertFrom, "KismetSentence")]
[OutputType(typeof(KismetSentence))]
public sealed class ConvertFromKismetSentenceCommand : KismetCmdlet
{
    private SentenceConverter _converter = null!;

    /// <summary>A line, as recorded or as KismetSentence.Raw shows them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string InputObject { get; set; } = string.Empty;

    /// <summary>Dialect; without it that of the greeting, else what the names of the sentences say.</summary>
    [Parameter]
    public TextEra Era { get; set; }

    /// <summary>Release whose fields hold, such as 2013-03-R1.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TextReleaseCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Version { get; set; }

    /// <summary>Fields, in the order in which they were asked for.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SentenceFieldCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Field { get; set; }

    private protected override void Begin()
    {
        SentenceCatalog? release = Version is null ? null : SentenceCatalog.Find(Version) ?? throw new KismetException(
            KismetErrorId.ArgumentInvalid, $"There is no release '{Version}' with the text protocol.", $"These are known: {string.Join(", ", SentenceCatalog.Releases.Select(static r => r.Release))}.");
        if (release is not null && Era != TextEra.Unknown && Era != release.Era)
        {
            throw new KismetException(KismetErrorId.ArgumentInvalid, $"{Version} speaks {release.Era}, not {Era}.", "Leave out -Era.");
        }

        _converter = new SentenceConverter(Era, release, Field);
    }

    private protected override void Process()
    {
        SentenceStatus status = _converter.TryRead(SentenceText.ToBytes(InputObject), DateTimeOffset.UtcNow, out KismetSentence? sentence);
        if (sentence is not null)
        {
            WriteObject(sentence);
        }
        else if (status is not (SentenceStatus.Ok or SentenceStatus.Empty))
        {
            Report(new KismetException(KismetErrorId.SentenceInvalid, $"'{InputObject}' is no sentence ({status}).", "A sentence is '*NAME: ' and its words."), InputObject);
        }
    }
}
