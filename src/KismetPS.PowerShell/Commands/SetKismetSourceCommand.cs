using System.Management.Automation;
using KismetPS.Kismet;
using KismetPS.Kismet.Connections;
using KismetPS.PowerShell.Completion;

namespace KismetPS.PowerShell.Commands;

/// <summary>Set-KismetSource: locks a channel, hops, dwells, pauses or resumes.</summary>
[Cmdlet(VerbsCommon.Set, "KismetSource", SupportsShouldProcess = true)]
[OutputType(typeof(KismetSource))]
public sealed class SetKismetSourceCommand : SourceTargetCommand
{
    /// <summary>One channel to stay on, or several to hop over.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ValidateRange(1, 1000)]
    [ArgumentCompleter(typeof(SourceChannelCompleter))]
    public int[]? Channel { get; set; }

    /// <summary>The same by the names the source has for its channels, such as 6HT40+.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SourceChannelNameCompleter))]
    [ValidateNotNullOrEmpty]
    [ValidatePattern("^[0-9A-Za-z][0-9A-Za-z.+_-]{0,31}$")]
    public string[]? ChannelName { get; set; }

    /// <summary>Hops over its channels.</summary>
    [Parameter]
    public SwitchParameter Hop { get; set; }

    /// <summary>Channels per second.</summary>
    [Parameter]
    [ValidateRange(0.01, 1000)]
    public double HopRate { get; set; }

    /// <summary>Seconds on each channel.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int DwellSeconds { get; set; }

    /// <summary>Pauses the source.</summary>
    [Parameter]
    public SwitchParameter Pause { get; set; }

    /// <summary>Resumes it.</summary>
    [Parameter]
    public SwitchParameter Resume { get; set; }

    /// <summary>Writes the sources as they are now.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private string[]? Wanted => ChannelName ?? (Channel is null ? null : Array.ConvertAll(Channel, static c => c.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private protected override string Action => "Set " + string.Join(", ", MyInvocation.BoundParameters.Keys.Where(static k => k is "Channel" or "ChannelName" or "Hop" or "HopRate" or "DwellSeconds" or "Pause" or "Resume"));

    private protected override void Begin()
    {
        if (Pause && Resume)
        {
            throw new Capture.KismetException(Capture.KismetErrorId.ArgumentInvalid, "-Pause and -Resume contradict each other.", "Give one of them.");
        }

        if (Channel is not null && ChannelName is not null)
        {
            throw new Capture.KismetException(Capture.KismetErrorId.ArgumentInvalid, "-Channel and -ChannelName contradict each other.", "-ChannelName takes numbers too.");
        }

        if (!MyInvocation.BoundParameters.Keys.Any(static k => k is "Channel" or "ChannelName" or "Hop" or "HopRate" or "DwellSeconds" or "Pause" or "Resume"))
        {
            throw new Capture.KismetException(Capture.KismetErrorId.ArgumentInvalid, "Nothing was said to change.", "Give -Channel, -ChannelName, -Hop, -HopRate, -DwellSeconds, -Pause or -Resume.");
        }
    }

    private protected override Task ActAsync(KismetConnection connection, KismetSource source) => connection.Link.SetSourceAsync(
        source,
        new SourceChange
        {
            Channel = Wanted is { Length: 1 } one && !Hop ? one[0] : null,
            Channels = Wanted is { Length: > 1 } || Hop ? Wanted : null,
            Hop = Hop || Wanted is { Length: > 1 } ? true : null,
            HopRate = HopRate > 0 ? HopRate : null,
            DwellSeconds = DwellSeconds > 0 ? DwellSeconds : null,
            Paused = Pause ? true : Resume ? false : null,
        },
        StopToken);

    private protected override void Done(KismetConnection connection, KismetSource source)
    {
        if (PassThru && connection.Link.GetSourcesAsync(StopToken).GetAwaiter().GetResult().FirstOrDefault(s => s.Uuid == source.Uuid) is { } now)
        {
            WriteObject(now);
        }
    }
}
