// The drawing that both scans have.
export { plotScan as plot } from '../phaseScanPlot.js';
