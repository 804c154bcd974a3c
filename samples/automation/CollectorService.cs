using System;
using System.IO;
using System.ServiceProcess;

/// <summary>The Windows service around collector.ps1: pwsh itself cannot be one, since it does not answer the service manager.</summary>
public sealed class CollectorService : ServiceBase
{
    private readonly string program;
    private readonly string arguments;
    private readonly string stopFile;
    private CollectorProcess process;

    public CollectorService(string program, string arguments, string stopFile)
    {
        ServiceName = "KismetPSCollector";
        CanShutdown = true;
        this.program = program;
        this.arguments = arguments;
        this.stopFile = stopFile;
    }

    /// <summary>Arguments: the program, its arguments as one text, the file that asks it to stop.</summary>
    public static int Main(string[] args)
    {
        if (args.Length != 3)
        {
            Console.Error.WriteLine("usage: CollectorService program arguments stop-file");
            return 2;
        }

        ServiceBase.Run(new CollectorService(args[0], args[1], args[2]));
        return 0;
    }

    protected override void OnStart(string[] args)
    {
        process = new CollectorProcess(program, arguments, stopFile, TimeSpan.FromSeconds(10));
        process.Start();
    }

    protected override void OnStop()
    {
        RequestAdditionalTime(20000);
        process.Stop(TimeSpan.FromSeconds(15));
    }

    protected override void OnShutdown()
    {
        OnStop();
    }
}
